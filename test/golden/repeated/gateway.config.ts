import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const team = tenant({ apps: { shop: app({ uses: () => [texts, texts] }) } });
const texts = service({ owner: team, offers: [fast, fast], visibility: [team, team] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

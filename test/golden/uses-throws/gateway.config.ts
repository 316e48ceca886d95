import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const services = new Map<string, never[]>();
const team = tenant({ apps: { shop: app({ uses: () => [...(services.get("texts") as never[])] }) } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

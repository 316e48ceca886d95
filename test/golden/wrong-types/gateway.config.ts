// @ts-nocheck: a mistake on purpose.
import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const team = tenant({
  displayName: 7,
  members: ["ops@example.com"],
  apps: { shop: app({ uses: () => [texts], starterKey: "yes" }) },
});
const texts = service({ owner: team, offers: fast, summary: ["Texts"] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const echo = model({ summary: "Says what it is told", targets: [local("echo")] });

const platform = tenant({});
const models = service({ owner: platform, offers: [echo], visibility: "everyone" });
const team = tenant({ apps: { notebook: app({ uses: [models], starterKey: true }) } });

export default defineGateway({
  providers: { local },
  models: { echo },
  services: { models },
  tenants: { platform, team },
});

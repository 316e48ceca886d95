// @ts-nocheck: a mistake on purpose.
import { app, defineGateway, demo, key, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: owners, offers: [fast], visibility: "everyone" });
const team = tenant({
  apps: {
    shop: app({
      uses: [texts],
      keys: {
        production: key({ digest: "lk_live_0123456789ab_0123456789012345678901234567890123456789012abcdef" }),
      },
    }),
  },
});

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { owners, team },
});

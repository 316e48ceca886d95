// @ts-nocheck: mistakes on purpose.
import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const platform = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: platform, offers: [fast], visibility: "everyone" });
const shop = tenant({ apps: { __proto__: app({ uses: [texts] }) } });
const stall = tenant({
  apps: { till: app({ uses: [texts] }), ["__proto__"]: app({ uses: [texts] }) },
  keyPolicy: { __proto__: { namePattern: "[a-z]+" } },
});

export default defineGateway({
  providers: { __proto__: null, local },
  models: { fast, __proto__: { slow: fast } },
  services: { texts },
  tenants: { platform, shop, stall },
});

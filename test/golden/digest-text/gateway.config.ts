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
        short: key({ digest: "sha256:abc" }),
        dots: key({ digest: "sha256:…" }),
        upper: key({ digest: "sha256:35B1CBD615818C4B6CB2CAA3CE7451ED9AA131CF5592547FB36523E42EF951CA" }),
        bare: key({ digest: "a7a015db96ca838258295f390c61f6e771f77ed2c8f0a8394a20ec4235dad762" }),
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

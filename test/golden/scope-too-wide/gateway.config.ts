import { app, defineGateway, demo, key, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const slow = model({ targets: [local("slow")] });
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: owners, offers: [fast], visibility: "everyone" });
const more = service({ owner: owners, offers: [slow], visibility: "everyone" });
const team = tenant({
  apps: {
    shop: app({
      uses: [texts],
      keys: {
        a: key({
          digest: "sha256:35b1cbd615818c4b6cb2caa3ce7451ed9aa131cf5592547fb36523e42ef951ca",
          scope: { services: [texts, more], models: [fast, slow] },
        }),
        b: key({
          digest: "sha256:a7a015db96ca838258295f390c61f6e771f77ed2c8f0a8394a20ec4235dad762",
          scope: { models: [] },
        }),
      },
    }),
  },
});

export default defineGateway({
  providers: { local },
  models: { fast, slow },
  services: { texts, more },
  tenants: { owners, team },
});

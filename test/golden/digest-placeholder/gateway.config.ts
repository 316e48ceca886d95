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
        zeros: key({ digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" }),
        word: key({ digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }),
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

import { app, defineGateway, demo, key, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: owners, offers: [fast], visibility: "everyone" });
const team = tenant({
  keyPolicy: { environments: ["live"], maxLifetime: "52w" },
  apps: {
    shop: app({
      uses: [texts],
      keys: {
        production: key({
          digest: "sha256:35b1cbd615818c4b6cb2caa3ce7451ed9aa131cf5592547fb36523e42ef951ca",
          environment: "live",
          expires: "2027-06-30",
          scope: { methods: ["GET", "POST"], readOnly: true },
        }),
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

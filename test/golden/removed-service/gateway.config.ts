import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const wide = model({ targets: [local("echo")] });
const owners = tenant({ members: { "ops@example.com": "owner" } });
const hidden = service({ owner: owners, offers: [wide], visibility: "owner" });
const base = service({ owner: owners, offers: [fast], visibility: "everyone" });
// Who no longer uses a service by the config has left it.
const team = tenant({ apps: { shop: app({ uses: [] }), site: app({ uses: [base] }) } });

export default defineGateway({
  providers: { local },
  models: { fast, wide },
  services: { hidden, base },
  tenants: { owners, team },
});

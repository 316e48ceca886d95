import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const wide = model({ targets: [local("echo")] });
const narrow = model({ targets: [local("echo")] });
const owners = tenant({ members: { "ops@example.com": "owner" } });
const gone = service({ owner: owners, offers: [fast], visibility: "everyone" });
const hidden = service({ owner: owners, offers: [wide], visibility: "everyone" });
const asked = service({ owner: owners, offers: [narrow], visibility: "everyone" });
const base = service({ owner: owners, offers: [fast], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [] }), site: app({ uses: [base, gone] }) } });

export default defineGateway({
  providers: { local },
  models: { fast, wide, narrow },
  services: { gone, hidden, asked, base },
  tenants: { owners, team },
});

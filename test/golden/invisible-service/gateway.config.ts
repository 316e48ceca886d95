import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const owners = tenant({ members: { "ops@example.com": "owner" } });
const other = tenant({});
const mine = service({ owner: owners, offers: [fast] });
const theirs = service({ owner: owners, offers: [fast], visibility: [other] });
const team = tenant({ apps: { shop: app({ uses: [mine, theirs] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { mine, theirs },
  tenants: { owners, other, team },
});

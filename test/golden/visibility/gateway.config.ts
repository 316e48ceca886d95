import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const shop = tenant({ apps: { web: app({ uses: () => [shared, named] }) } });
const other = tenant({});
const owners = tenant({ apps: { lab: app({ uses: () => [own] }) } });
const shared = service({ owner: owners, offers: [fast], visibility: "everyone" });
const named = service({ owner: owners, offers: [fast], visibility: [shop] });
const own = service({ owner: owners, offers: [fast], visibility: "owner" });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { shared, named, own },
  tenants: { shop, other, owners },
});

import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const shared = model({ targets: [local("echo")] });
const secret = model({ targets: [local("echo")] });

// Research keeps one service to itself and shares the other with the sales team.
const sales = tenant({
  apps: { crm: app({ uses: () => [open], starterKey: true }) },
});
const research = tenant({
  apps: { lab: app({ uses: () => [open, closed], starterKey: true }) },
});
const open = service({ owner: research, offers: [shared], visibility: [sales] });
const closed = service({ owner: research, offers: [secret], visibility: "owner" });

export default defineGateway({
  providers: { local },
  models: { shared, secret },
  services: { open, closed },
  tenants: { sales, research },
});

import { defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const team = tenant({});
const texts = service({ owner: team, offers: [fast], docs: "A page. ".repeat(33 * 1024 ** 2) });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

import { defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
setTimeout(() => {
  throw new RangeError("no such price");
}, 0);

const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

import { defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

async function prices(): Promise<never> {
  throw new Error("the prices are not to be had");
}
void prices();

const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

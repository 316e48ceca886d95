// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const team = tenant({});
const texts = service({ owner: team, offers: [fast], visibility: "everyone" });

export default defineGateway({
  provider: { local },
  model: { fast },
  services: { texts },
  tenants: { team },
});

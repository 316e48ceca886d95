// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const team = tenant({ members: { ops: "owner", "dev@example.com": "devloper" } });
const shop = tenant({ members: { "Ann@example.com": "viewer", "ann@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team, shop },
});

// @ts-nocheck: a mistake on purpose.
import { approval, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({
  owner: team,
  offers: [fast],
  approval: approval.automaticWhen({ tenants: ["teem"] }, approval.by(["owner", "admin"], { quorum: 2 })),
});
const others = service({ owner: team, offers: [fast], approval: approval.by("boss") });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts, others },
  tenants: { team },
});

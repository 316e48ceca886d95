// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, model, rate, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const limits = [
  rate({ requests: 0, per: "1m" }),
  rate({ tokens: 1.5, per: "1m" }),
  rate({ requests: 1, tokens: 2, per: "1m" }),
  rate({ concurrent: 3, per: "1m" }),
  rate({ per: "1m" }),
  rate({ request: 5, per: "1m" }),
];
const team = tenant({ members: { "ops@example.com": "owner" }, limits });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

// @ts-nocheck: a mistake on purpose.
import { budget, defineGateway, demo, model, plan, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const team = tenant({
  members: { "ops@example.com": "owner" },
  budget: budget({ limit: "$500", per: "month", timeZone: "Europe/Berln", warnAt: [0.5, 90] }),
});
const texts = service({
  owner: team,
  offers: [fast],
  plan: plan({ perCall: 2, perMonth: "10 EUR", includedCalls: -1 }),
});

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

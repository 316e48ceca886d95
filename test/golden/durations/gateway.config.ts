// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, fallback, model, rate, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({
  targets: [local("echo")],
  routing: fallback({ firstTokenWithin: "8 seconds" }),
  limits: [rate({ requests: 10, per: "100ms" }), rate({ requests: 10 })],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
  timeouts: { connect: "10", idle: "20m", total: "90d", request: 30 },
});

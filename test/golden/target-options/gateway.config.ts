// @ts-nocheck: mistakes on purpose.
import { defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({
  targets: [
    local("echo", { contextWindow: 0, maxOutputTokens: "4k", lacks: ["tool", "sight"], baseModel: 5 }),
    local("slow", {
      lacks: "tools",
      price: { input: "1 USD", output: "1 USD", audio: "2 USD", perRequest: "1" },
    }),
  ],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

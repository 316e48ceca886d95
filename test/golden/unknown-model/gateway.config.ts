import { defineGateway, env, model, openai, openaiCompatible, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const proxy = openai({ apiKey: env("PROXY_KEY"), baseUrl: "https://proxy.example/v1" });
const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1" });
const price = { input: "1 USD", output: "1 USD" } as const;

const fast = model({ targets: [oai("gpt-6-lunna"), oai("gpt-6-lunna")] });
const next = model({ targets: [oai("gpt-7-of-next-year", { price })] });
const tuned = model({ targets: [oai("ft:gpt-4.1-mini-2025-04-14:acme::a1b2", { price })] });
const ours = model({ targets: [oai("our-deployment", { baseModel: "gpt-6-luna" })] });
const wrong = model({ targets: [oai("our-other-deployment", { baseModel: "gpt-6-lunar" })] });
const elsewhere = model({ targets: [proxy("our-model", { price }), box("our-model", { price })] });
const snapshot = model({ targets: [oai("gpt-6-luna-2026-10-01")] });

const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast, next, tuned, ours, wrong, elsewhere, snapshot] });

export default defineGateway({
  providers: { oai, proxy, box },
  models: { fast, next, tuned, ours, wrong, elsewhere, snapshot },
  services: { texts },
  tenants: { team },
});

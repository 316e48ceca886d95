import { defineGateway, demo, env, model, openai, openaiCompatible, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1" });
const local = demo();
const price = { input: "0 USD", output: "0 USD" } as const;
const small = box("small", { price, contextWindow: 8_192, lacks: ["tools", "json-schema", "images"] });

const assistant = model({ targets: [oai("gpt-5.4"), small, local("echo")] });
const listener = model({ targets: [oai("gpt-5.4-mini"), oai("gpt-audio")] });
const narrow = model({ targets: [small, oai("gpt-5.4")] });
const trusted = model({
  targets: [oai("gpt-5.4"), oai("gpt-audio", { lacks: [], contextWindow: 2_000_000 })],
});
const kinds = model({ targets: [oai("gpt-5.4"), oai("text-embedding-3-small"), oai("gpt-5-pro")] });
const unknown = model({ targets: [oai("gpt-5.4"), box("big", { price })] });

const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [assistant, listener, narrow, trusted, unknown, kinds] });

export default defineGateway({
  providers: { oai, box, local },
  models: { assistant, listener, narrow, trusted, unknown, kinds },
  services: { texts },
  tenants: { team },
});

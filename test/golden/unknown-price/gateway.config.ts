// @ts-nocheck: a mistake on purpose.
import { defineGateway, env, model, openai, openaiCompatible, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1" });
const fast = model({ targets: [box("my-model")] });
const same = model({ targets: [box("my-model"), oai("gpt-6-luna", { price: { input: "2.5 USD" } })] });
const ears = model({ targets: [oai("gpt-4o-mini-tts"), oai("whisper-1")] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast, same, ears] });

export default defineGateway({
  providers: { oai, box },
  models: { fast, same, ears },
  services: { texts },
  tenants: { team },
});

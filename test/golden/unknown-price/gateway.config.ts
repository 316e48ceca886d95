// @ts-nocheck: a mistake on purpose.
import {
  azureOpenai,
  defineGateway,
  env,
  huggingface,
  model,
  openai,
  openaiCompatible,
  service,
  tenant,
} from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1" });
const azure = azureOpenai({ resource: "acme", apiKey: env("AZURE_OPENAI_API_KEY") });
const hugging = huggingface({ apiKey: env("HF_TOKEN") });
const fast = model({ targets: [box("my-model")] });
const same = model({ targets: [box("my-model"), oai("gpt-6-luna", { price: { input: "2.5 USD" } })] });
const ears = model({
  targets: [oai("gpt-4o-mini-tts"), oai("tts-1", { price: { perMillionCharacters: "15 USD" } })],
});
const free = model({ targets: [azure("gpt-5.4"), azure("ours", { baseModel: "gpt-5.4" })] });
const many = model({ targets: [hugging("nobody/knows-this")] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast, same, ears, free, many] });

export default defineGateway({
  providers: { oai, box, azure, hugging },
  models: { fast, same, ears, free, many },
  services: { texts },
  tenants: { team },
});

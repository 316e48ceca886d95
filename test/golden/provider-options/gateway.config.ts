// @ts-nocheck: a mistake on purpose.
import {
  azureOpenai,
  bedrock,
  cloudflare,
  defineGateway,
  env,
  groq,
  model,
  openaiCompatible,
  openrouter,
  service,
  tenant,
  vertex,
} from "latchkey/config";

const apiKey = env("API_KEY");
const a = azureOpenai({ apiKey, resource: "https://my-resource.openai.azure.com/" });
const b = azureOpenai({ apiKey, resource: "my-resource.example.com/x?y=" });
const c = azureOpenai({ apiKey, resource: "my-resource", baseUrl: "https://proxy.example/openai/v1" });
const d = azureOpenai({ apiKey, resorce: "my-resource" });
const e = cloudflare({ apiKey, account: "../../user" });
const f = bedrock({ apiKey, baseUrl: "https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com" });
const g = vertex({ accessToken: apiKey, project: "my-project", location: "europe-west4@" });
const h = groq({ apiKey, region: "eu" });
const i = openrouter({ apiKey, title: "Shop\r\nx-injected: 1" });
const j = groq({});
const k = openaiCompatible({
  baseUrl: "https://models.example/v1",
  quirks: { limit: "max_token", dveloperRole: false },
});
const price = { input: "0 USD", output: "0 USD" } as const;
const fast = model({ targets: [a, b, c, d, e, f, g, h, i, j, k].map((account) => account("x", { price })) });
const team = tenant({});
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { a, b, c, d, e, f, g, h, i, j, k },
  models: { fast },
  services: { texts },
  tenants: { team },
});

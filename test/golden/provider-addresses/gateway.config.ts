import {
  anthropic,
  azureOpenai,
  bedrock,
  cloudflare,
  defineGateway,
  env,
  file,
  model,
  ollama,
  openrouter,
  service,
  tenant,
  vertex,
} from "latchkey/config";

const apiKey = env("API_KEY");
const aws = bedrock({
  region: "eu-central-1",
  accessKeyId: env("AWS_ACCESS_KEY_ID"),
  secretAccessKey: env("AWS_SECRET_ACCESS_KEY"),
  sessionToken: env("AWS_SESSION_TOKEN"),
});
const awsByKey = bedrock({ region: "us-east-1", apiKey: env("AWS_BEARER_TOKEN_BEDROCK") });
const azure = azureOpenai({ apiKey, resource: "my-resource", apiVersion: "preview" });
const azureOld = azureOpenai({
  apiKey,
  baseUrl: "https://my-resource.openai.azure.com/openai/deployments/gpt",
  apiVersion: "2024-10-21",
});
const claude = anthropic({ apiKey, headers: { "Anthropic-Version": "2026-10-21" } });
const edge = cloudflare({ apiKey, account: "023e105f4ecef8ad9ca31a8372d0c353" });
const box = ollama();
const router = openrouter({ apiKey, referer: "https://shop.example", title: "Shop" });
const google = vertex({ project: "my-project", location: "europe-west4", credentials: file("google.json") });
const googleEu = vertex({ project: "my-project", location: "eu", accessToken: env("GOOGLE_TOKEN") });
const googleGlobal = vertex({ project: "my-project", location: "global", accessToken: env("GOOGLE_TOKEN") });
const providers = {
  aws,
  awsByKey,
  azure,
  azureOld,
  claude,
  edge,
  box,
  router,
  google,
  googleEu,
  googleGlobal,
};
const price = { input: "0 USD", output: "0 USD" } as const;
const fast = model({
  targets: [
    aws("amazon.nova-lite-v1:0", { price }),
    awsByKey("openai.gpt-oss-120b-1:0", { price, dialect: "openai-responses" }),
    azure("my-deployment", { price }),
    azureOld("gpt", { price }),
    claude("claude-haiku-4-5", { price }),
    edge("@cf/openai/gpt-oss-120b", { price }),
    box("gpt-oss:20b", { price }),
    box("gpt-oss:20b", { price, dialect: "openai-chat" }),
    router("anthropic/claude-haiku-4.5", { price }),
    google("gemini-2.5-flash", { price }),
    googleEu("claude-haiku-4-5@20251001", { price }),
    googleGlobal("qwen/qwen3-235b-a22b-instruct-2507-maas", { price }),
  ],
});
const team = tenant({});
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({ providers, models: { fast }, services: { texts }, tenants: { team } });

import {
  defineGateway,
  demo,
  env,
  fallback,
  file,
  model,
  openai,
  openaiCompatible,
  service,
  tenant,
} from "latchkey/config";

const oai = openai({
  apiKey: env("OPENAI_API_KEY"),
  organization: "org-1",
  project: "proj-1",
  headers: { "x-team": "texts", "x-extra-key": file("/run/secrets/extra") },
  timeouts: { firstToken: "20s" },
});
const box = openaiCompatible({
  baseUrl: "http://127.0.0.1:8000/v1/",
  streamUsage: false,
  maxConnections: 8,
  quirks: { limit: "max_tokens", developerRole: false },
});
const local = demo();
const fast = model({
  targets: [
    oai("gpt-6-luna", { price: { input: "0.15 USD", output: "0.60 USD", cacheRead: "0.075 USD" } }),
    box("llama", { price: { input: "0 USD", output: "0 USD" } }),
    local("echo"),
  ],
  routing: fallback({ attempts: 2, firstTokenWithin: "8s" }),
});
const cheap = model({ targets: [box("llama", { price: { input: "0 USD", output: "0 USD" } })] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast, cheap] });

export default defineGateway({
  providers: { oai, box, local },
  models: { fast, cheap },
  services: { texts },
  tenants: { team },
  http: { passVendorIds: true, maxRequestBytes: 1_000_000 },
  timeouts: { request: "5s", idle: "30s", total: "2m" },
});

import { app, defineGateway, demo, env, fallback, model, openai, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("EXAMPLE_OPENAI_API_KEY") });
const local = demo();

// Tried in this order: OpenAI (skipped while its secret is not set), a model that always fails, one that answers.
const steady = model({
  targets: [oai("gpt-6-luna"), local("fail-500"), local("echo")],
  routing: fallback({ firstTokenWithin: "10s" }),
});

const platform = tenant({});
const models = service({ owner: platform, offers: [steady], visibility: "everyone" });
const team = tenant({ apps: { worker: app({ uses: [models], starterKey: true }) } });

export default defineGateway({
  providers: { oai, local },
  models: { steady },
  services: { models },
  tenants: { platform, team },
});

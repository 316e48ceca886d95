// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, env, model, openai, service, tenant, vertex, voyage } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const google = vertex({ project: "my-project", location: "global", accessToken: env("GOOGLE_TOKEN") });
const vectors = voyage({ apiKey: env("VOYAGE_API_KEY") });
const local = demo();
const price = { input: "0 USD", output: "0 USD" } as const;
const fast = model({
  targets: [
    oai("gpt-5-codex", { price, dialect: "openai-responses" }),
    oai("gpt-5", { price, dialect: "gemini" }),
    oai("gpt-5", { price, dialect: "openai-respones" }),
    google("my-tuned-claude", { price, dialect: "anthropic-messages" }),
    vectors("voyage-3.5", { price, dialect: "openai-chat" }),
    local("echo", { dialect: "ollama-chat" }),
  ],
});
const team = tenant({});
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { oai, google, vectors, local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

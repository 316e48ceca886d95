import {
  app,
  defineGateway,
  demo,
  endpoint,
  env,
  fallback,
  model,
  openai,
  prompt,
  service,
  tenant,
  trusted,
} from "latchkey/config";
import { z } from "zod";

// Providers: accounts at model vendors. `demo` is built in and needs none, so this file works as it stands.
const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const local = demo();

// Models: the names that callers use. Targets whose secret is missing are skipped.
const fast = model({
  summary: "Small and quick",
  targets: [oai("gpt-6-luna"), local("echo")],
  routing: fallback({ firstTokenWithin: "20s" }),
});
const echo = model({ summary: "Says what it is told; needs no account", targets: [local("echo")] });

// Endpoints: a prompt with typed input and output, served as POST /api/<name>/v<major>.
const sentiment = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string().min(1).max(5_000), language: z.enum(["en", "de"]).default("en") }),
  output: z.object({
    label: z.enum(["positive", "neutral", "negative"]),
    confidence: z.number().min(0).max(1),
  }),
  prompt: ({ text, language }) => [
    prompt.system`You rate the sentiment of texts in the language ${trusted(language)}.`,
    prompt.user`${text}`,
  ],
});

// Tenants: teams. Services: what they share. Applications use services and hold keys.
const platform = tenant({});
const texts = service({
  owner: platform,
  offers: [sentiment, fast, echo],
  visibility: "everyone",
});
const demoTeam = tenant({
  apps: { playground: app({ uses: [texts], starterKey: true }) },
});

export default defineGateway({
  providers: { oai, local },
  models: { fast, echo },
  endpoints: { sentiment },
  services: { texts },
  tenants: { platform, demo: demoTeam },
});

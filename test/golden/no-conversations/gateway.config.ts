import {
  defineGateway,
  demo,
  endpoint,
  env,
  jina,
  model,
  openai,
  prompt,
  service,
  tenant,
  voyage,
} from "latchkey/config";
import { z } from "zod";

const local = demo();
const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const vectors = voyage({ apiKey: env("VOYAGE_API_KEY") });
const others = jina({ apiKey: env("JINA_API_KEY") });
const price = { input: "0.06 USD", output: "0 USD" } as const;
// Models of embeddings alone are as they should be, where no endpoint asks them.
const search = model({
  targets: [vectors("voyage-3.5", { price }), vectors("voyage-3.5-lite", { price })],
});
const talk = model({ targets: [oai("gpt-realtime-2"), oai("text-embedding-3-small")] });
const mixed = model({ targets: [local("echo"), others("jina-embeddings-v3", { price })] });

const input = z.object({ text: z.string().max(10_000) });
const answer = endpoint({
  version: "1.0.0",
  model: search,
  input,
  prompt: ({ text }) => [prompt.user`${text}`],
});
const spoken = endpoint({
  version: "1.0.0",
  model: talk,
  input,
  prompt: ({ text }) => [prompt.user`${text}`],
});
const fine = endpoint({
  version: "1.0.0",
  model: mixed,
  input,
  prompt: ({ text }) => [prompt.user`${text}`],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [answer, fine, spoken, search], visibility: "everyone" });

export default defineGateway({
  providers: { local, oai, vectors, others },
  models: { search, mixed, talk },
  endpoints: { answer, fine, spoken },
  services: { texts },
  tenants: { team },
});

import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const sentiment = endpoint({
  version: "1.1.0",
  model: fast,
  input: z.object({ text: z.string().max(200), tone: z.string() }),
  output: z.object({ mood: z.enum(["good", "bad", "mixed"]) }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
// A draft may change as it likes, and a new major version is a new contract.
const sketch = endpoint({
  version: "0.2.0",
  status: "draft",
  model: fast,
  input: z.object({ text: z.string(), words: z.number() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const summary = endpoint({
  version: "2.0.0",
  model: fast,
  input: z.object({ text: z.string(), words: z.number().optional() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const summary3 = endpoint({
  version: "3.0.0",
  model: fast,
  input: z.object({ text: z.string(), words: z.number() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({
  owner: owners,
  offers: [sentiment, sketch, summary, summary3],
  visibility: "everyone",
});
const team = tenant({ apps: { shop: app({ uses: [texts] }), site: app({ uses: [texts] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { sentiment, sketch, summary: [summary3, summary] },
  services: { texts },
  tenants: { owners, team },
});

import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const sentiment = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string(), tone: z.string().optional() }),
  output: z.object({ mood: z.enum(["good", "bad"]), notes: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const sketch = endpoint({
  version: "0.1.0",
  status: "draft",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const summary = endpoint({
  version: "2.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: owners, offers: [sentiment, sketch, summary], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [texts] }), site: app({ uses: [texts] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { sentiment, sketch, summary },
  services: { texts },
  tenants: { owners, team },
});

import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const slow = model({ targets: [local("echo")] });
const first = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const second = endpoint({
  version: "2.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const third = endpoint({
  version: "3.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const owners = tenant({
  members: { "ops@example.com": "owner" },
  apps: { internal: app({ uses: () => [texts] }) },
});
const texts = service({ owner: owners, offers: [fast, slow, first, second, third], visibility: "everyone" });
const extra = service({ owner: owners, offers: [fast], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [texts] }), site: app({ uses: [extra] }) } });

export default defineGateway({
  providers: { local },
  models: { fast, slow },
  endpoints: { answer: [third, second, first] },
  services: { texts, extra },
  tenants: { owners, team },
});

import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const slow = model({ targets: [local("echo")] });
const first = endpoint({
  version: "1.0.0",
  status: "retired",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const second = endpoint({
  version: "2.0.0",
  status: "draft",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const owners = tenant({
  members: { "ops@example.com": "owner" },
  apps: { internal: app({ uses: () => [texts, mine] }) },
});
const texts = service({ owner: owners, offers: [fast, first, second], visibility: "everyone" });
const mine = service({ owner: owners, offers: [slow] });
const extra = service({ owner: owners, offers: [fast], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [texts] }), site: app({ uses: [extra] }) } });

export default defineGateway({
  providers: { local },
  models: { fast, slow },
  endpoints: { answer: [second, first] },
  services: { texts, mine, extra },
  tenants: { owners, team },
});

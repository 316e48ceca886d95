// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const slow = model({ targets: [local("slow")] });
const chat = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast, slow, chat] });

export default defineGateway({
  providers: { local },
  models: { "gpt-4.1 mini": fast, "2fast": slow },
  endpoints: { chat },
  services: { constructor: texts },
  tenants: { my_team: team },
});

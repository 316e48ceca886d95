import { defineGateway, demo, endpoint, json, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({
    from: z.string().transform((text) => text.split("@")),
    password: z.string().refine((text) => /[0-9]/.test(text), "needs a digit"),
  }),
  output: z.object({ text: z.string().trim() }),
  prompt: ({ from, password }) => [prompt.user`${json(from)} ${password}`],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [answer], visibility: "everyone" });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});

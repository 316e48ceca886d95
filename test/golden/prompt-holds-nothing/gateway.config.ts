// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const examples = ["one", "two"];

const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.system`Such as ${examples[2]}.`, prompt.user`${text}`],
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

import { defineGateway, demo, endpoint, model, prompt, service, tenant, trusted } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const answer = endpoint({
  version: "2.1.0",
  summary: "Rates a text",
  model: fast,
  input: z.object({ text: z.string().min(1), language: z.enum(["en", "de"]).default("en") }),
  output: z.object({ label: z.enum(["good", "bad"]), confidence: z.number().min(0).max(1) }),
  prompt: ({ text, language }) => [
    prompt.system`You rate texts in ${trusted(language)}.`,
    prompt.user`${text}`,
    prompt.assistant`{ "label": "`,
  ],
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

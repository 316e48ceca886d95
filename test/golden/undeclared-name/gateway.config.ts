// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const answer = endpoint({
  version: "1.0.0",
  // Not `fats`, which also stands in "fats".
  model: fats,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const team = tenant({});
const texts = service({ owner: team, offers: [answer] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});

// @ts-nocheck: a mistake on purpose.
import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.system`You answer.`, prompt.user`${text} ${txet}`],
});
const team = tenant({
  apps: {
    shop: app({
      summary: "texst",
      uses: () => [texst],
    }),
  },
});
const texts = service({ owner: team, offers: [answer] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});

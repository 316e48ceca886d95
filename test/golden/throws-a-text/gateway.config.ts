import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const words: Readonly<Record<string, string>> = {};
const local = demo();
const fast = model({ targets: [local("echo")] });
const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => {
    if (words["greeting"] === undefined) throw "no greeting";
    return [prompt.user`${text}`];
  },
});
const team = tenant({
  apps: {
    shop: app({
      uses: () => {
        if (words["service"] === undefined) throw "no service";
        return [texts];
      },
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

import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

// Without an output schema an endpoint answers text.
const rewrite = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string().max(10_000) }),
  prompt: ({ text }) => [prompt.system`Rewrite the text in plain words.`, prompt.user`${text}`],
});

const editors = tenant({});
const texts = service({ owner: editors, offers: [rewrite, fast], visibility: "everyone" });
const blog = tenant({ apps: { site: app({ uses: [texts], starterKey: true }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { rewrite },
  services: { texts },
  tenants: { editors, blog },
});

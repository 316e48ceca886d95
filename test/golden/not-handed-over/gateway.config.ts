import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const forgotten = demo();
const fast = model({ targets: [local("echo"), forgotten("lorem")] });
const slow = model({ targets: [local("slow")] });
const answer = endpoint({
  version: "1.0.0",
  model: slow,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const stranger = tenant({});
const texts = service({ owner: stranger, offers: [fast, answer], visibility: "everyone" });
const hidden = service({ owner: stranger, offers: [fast], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [texts, hidden] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

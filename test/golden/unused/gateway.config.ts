import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const idle = demo();
const spare = model({ targets: [local("lorem")] });
const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const team = tenant({ members: { "ops@example.com": "owner" }, apps: { shop: app({ uses: [] }) } });
const texts = service({ owner: team, offers: [] });

export default defineGateway({
  providers: { local, idle },
  models: { fast, spare },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});

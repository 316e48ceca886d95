import { defineGateway, demo, endpoint, model, prompt, type Slots, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const shared = {
  model: fast,
  input: z.object({ text: z.string() }),
  prompt: ({ text }: Slots<{ text: string }>) => [prompt.user`${text}`],
};
const newer = endpoint({ ...shared, version: "1.1.0" });
const older = endpoint({ ...shared, version: "1.0.0" });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [newer, older] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer: [newer, older] },
  services: { texts },
  tenants: { team },
});

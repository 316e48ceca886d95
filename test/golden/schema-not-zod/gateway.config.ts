// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: { text: "string" },
  prompt: () => [prompt.user`Hi`],
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

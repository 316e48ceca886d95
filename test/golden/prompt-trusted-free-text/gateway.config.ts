import { defineGateway, demo, endpoint, model, prompt, service, tenant, trusted } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string(), kind: z.enum(["a", "b"]) }),
  prompt: ({ text, kind }) => [
    prompt.system`You answer ${trusted(text)} as ${trusted(kind)}.`,
    prompt.user`Go`,
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

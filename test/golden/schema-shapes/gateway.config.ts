import { defineGateway, demo, endpoint, json, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

const node = z.object({
  value: z.string(),
  get children() {
    return z.array(node);
  },
});

const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({
    id: z.uuid(),
    when: z.iso.datetime().optional(),
    kind: z.discriminatedUnion("type", [
      z.object({ type: z.literal("a"), count: z.int().min(1) }),
      z.object({ type: z.literal("b") }),
    ]),
    scores: z.record(z.string(), z.number()),
    tree: z.object({
      value: z.string(),
      get children() {
        return z.array(node);
      },
    }),
  }),
  output: z.union([z.string(), z.object({ items: z.array(z.string()).max(3) })]),
  prompt: (input) => [prompt.user`${json(input)}`],
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

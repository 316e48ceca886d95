import {
  app,
  defineGateway,
  demo,
  endpoint,
  fragment,
  list,
  model,
  optional,
  prompt,
  service,
  tenant,
  trusted,
} from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });

// Input and output are Zod schemas; the client's types come from them.
const triage = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({
    subject: z.string().min(1).max(200),
    messages: z.array(z.object({ from: z.string(), text: z.string() })).min(1),
    product: z.enum(["web", "mobile"]).default("web"),
    note: z.string().optional(),
  }),
  output: z.object({
    queue: z.enum(["billing", "technical", "other"]),
    urgency: z.number().int().min(1).max(5),
    summary: z.string().max(500),
  }),
  // Runs once, when the config is compiled. A caller's value cannot become an instruction: in a system message
  // only what is marked as trusted may stand.
  prompt: ({ subject, messages, product, note }) => [
    prompt.system`You sort support tickets of the ${trusted(product)} product.`,
    prompt.user`Subject: ${subject}
${list(messages, (message) => fragment`${message.from}: ${message.text}`)}
${optional(note, (text) => fragment`Note of the agent: ${text}`)}`,
  ],
});

const support = tenant({});
const tickets = service({ owner: support, offers: [triage], visibility: "everyone" });
const shop = tenant({ apps: { helpdesk: app({ uses: [tickets], starterKey: true }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { triage },
  services: { tickets },
  tenants: { support, shop },
});

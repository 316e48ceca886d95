import {
  defineGateway,
  demo,
  endpoint,
  fallback,
  model,
  prompt,
  rate,
  service,
  tenant,
} from "latchkey/config";
import { z } from "zod";

const settings: { readonly warmth?: number } = {};
const local = demo();
const fast = model({ targets: [local("echo")], routing: fallback({ attempts: 1 / 0 }) });
const answer = endpoint({
  version: "1.0.0",
  model: fast,
  temperature: Number(settings.warmth),
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const team = tenant({ limits: [rate({ requests: Number.NaN, per: "1m" })] });
const texts = service({ owner: team, offers: [answer] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { team },
});

import {
  app,
  defineGateway,
  demo,
  endpoint,
  model,
  prompt,
  type Slots,
  service,
  tenant,
} from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const input = z.object({ text: z.string() });
const base = { model: fast, input, prompt: ({ text }: Slots<{ text: string }>) => [prompt.user`${text}`] };

const third = endpoint({ ...base, version: "3.0.0" });
const second = endpoint({
  ...base,
  version: "2.0.0",
  status: "deprecated",
  deprecation: { since: "2026-12-01", sunset: "2027-06-30", successor: third },
});
const first = endpoint({ ...base, version: "1.0.0", status: "retired", deprecation: { successor: third } });
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: owners, offers: [third, second, first], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [texts] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer: [third, second, first] },
  services: { texts },
  tenants: { owners, team },
});

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

const other = endpoint({ ...base, version: "1.0.0" });
const draft = endpoint({ ...base, version: "5.0.0", status: "draft" });
const fourth = endpoint({ ...base, version: "4.0.0", deprecation: { sunset: "2027-06-30" } });
const lost = endpoint({ ...base, version: "1.0.0" });
const third = endpoint({
  ...base,
  version: "3.0.0",
  status: "deprecated",
  deprecation: { since: "2027-06-30", sunset: "2027-06-30", successor: other },
});
const second = endpoint({
  ...base,
  version: "2.0.0",
  status: "deprecated",
  deprecation: { since: "2027-02-30", successor: draft },
});
const first = endpoint({ ...base, version: "1.0.0", status: "retired", deprecation: { successor: lost } });
const undated = endpoint({ ...base, version: "6.0.0", status: "deprecated" });
const halfDated = endpoint({
  ...base,
  version: "7.0.0",
  status: "deprecated",
  deprecation: { sunset: "2027-06-30" },
});
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({
  owner: owners,
  offers: [draft, halfDated, undated, fourth, third, second, first, other],
  visibility: "everyone",
});
const team = tenant({ apps: { shop: app({ uses: [texts] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer: [halfDated, undated, fourth, draft, third, second, first], other },
  services: { texts },
  tenants: { owners, team },
});

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
const version = { model: fast, input, prompt: ({ text }: Slots<{ text: string }>) => [prompt.user`${text}`] };
const third = endpoint({ ...version, version: "3.0.0", status: "draft" });
const second = endpoint({ ...version, version: "2.4.0" });
const first = endpoint({
  ...version,
  version: "1.9.9",
  status: "deprecated",
  deprecation: { since: "2026-12-01" },
});
const zeroth = endpoint({ ...version, version: "0.1.0", status: "retired" });
const owners = tenant({
  apps: { trial: app({ uses: () => [texts] }) },
  members: { "ops@example.com": "owner" },
});
const texts = service({ owner: owners, offers: [third, second, first, zeroth], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [texts] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer: [second, third, first, zeroth] },
  services: { texts },
  tenants: { owners, team },
});

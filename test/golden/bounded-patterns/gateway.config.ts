import { app, defineGateway, demo, endpoint, json, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const find = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({
    slug: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
    password: z.string().regex(/^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}$/),
    line: z
      .string()
      .max(200)
      .regex(/^.*,.*,.*$/),
    trimmed: z.string().max(5_000).regex(/\s+$/),
    card: z.string().regex(/^(?:\d{4} ?)+$/),
    mail: z.email(),
    at: z.iso.datetime({ offset: true, local: true }),
    host: z.hostname(),
    id: z.uuid(),
    address: z.union([z.ipv4(), z.cidrv4()]),
  }),
  prompt: (all) => [prompt.user`${json(all)}`],
});
const team = tenant({
  keyPolicy: { namePattern: "[a-z]+(?:-[a-z]+)*" },
  apps: { shop: app({ uses: () => [texts] }) },
});
const texts = service({ owner: team, offers: [fast, find] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { find },
  services: { texts },
  tenants: { team },
});

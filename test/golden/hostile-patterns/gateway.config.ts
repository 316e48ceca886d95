import {
  app,
  backend,
  defineGateway,
  demo,
  endpoint,
  json,
  model,
  prompt,
  service,
  tenant,
} from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const find = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({
    code: z.string().regex(/^(a+)+$/),
    host: z
      .string()
      .max(253)
      .regex(/^([a-z0-9]+-?)+\.example$/i),
    rows: z.array(z.object({ line: z.string().regex(/^.*,.*,.*$/) })),
    name: z
      .string()
      .max(100_000)
      .regex(/^\s+|\s+$/),
    tags: z.record(z.string().regex(/^(\w+\s?)*$/), z.string()),
  }),
  output: z.object({ word: z.string().regex(/^(?:a|a)*$/) }),
  prompt: (all) => [prompt.user`${json(all)}`],
});
const orders = backend({
  upstreams: ["https://orders.example.com"],
  basePath: "/orders",
  openapi: "./orders.json",
  validate: "refuse",
});
const team = tenant({
  keyPolicy: { namePattern: "([a-z]+-?)+" },
  apps: { shop: app({ uses: () => [texts] }) },
});
const texts = service({ owner: team, offers: [fast, find, orders] });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { find },
  backends: { orders },
  services: { texts },
  tenants: { team },
});

import { z } from "zod";
import { nameSchema, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { listOf, namesSchema } from "./values.ts";

const rowSchema = z.strictObject({
  app: z.string(),
  /** Id of the key. */
  key: z.string(),
  service: z.string(),
  models: namesSchema,
  endpoints: namesSchema,
  backends: namesSchema,
});

/** Lists who may call what. */
export const listAccess = operation({
  name: "access.matrix",
  method: "GET",
  path: "/tenants/{tenant}/access",
  permission: "access.read",
  scope: "tenant",
  summary: "What the tenant's keys may call, service by service",
  params: tenantParams,
  query: pageQuery.extend({
    app: nameSchema.exactOptional(),
    key: nameSchema.exactOptional(),
    service: nameSchema.exactOptional(),
    /** Name of a model, or of an endpoint or backend with or without its version. */
    thing: nameSchema.exactOptional(),
  }),
  body: null,
  output: pageOf(rowSchema),
  status: 200,
  affectsCalls: false,
});

const whySchema = z.strictObject({
  key: z.string(),
  /** Methods that the key works for; null: any. */
  methods: namesSchema.nullable(),
  /** Networks that it works from; null: any. */
  networks: namesSchema.nullable(),
  /** One for each model, endpoint version or backend version of the name. */
  explained: listOf(
    z.strictObject({
      kind: z.enum(["models", "endpoints", "backends"]),
      name: z.string(),
      allowed: z.boolean(),
      service: z.string().nullable(),
      /** Up to the first link that does not hold. */
      chain: listOf(z.strictObject({ holds: z.boolean(), says: z.string() })),
    }),
  ),
});

/** Tells why a key may call something, or may not. */
export const explainAccess = operation({
  name: "access.why",
  method: "GET",
  path: "/tenants/{tenant}/access/why",
  permission: "access.read",
  scope: "tenant",
  summary: "The chain that lets a key call something, or the first link that does not",
  params: tenantParams,
  query: z.strictObject({ key: nameSchema, thing: nameSchema }),
  body: null,
  output: whySchema,
  status: 200,
  affectsCalls: false,
});

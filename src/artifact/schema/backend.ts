import { z } from "zod";
import { countSchema, policyShape } from "./policy.ts";
import { secretRefSchema } from "./secret.ts";
import { authSchema, jsonSchemaSchema, lifecycleShape, upstreamTimeoutsSchema } from "./supply.ts";

/** One server of a backend. */
export const upstreamSchema = z.strictObject({
  /** Scheme, host and port: `https://orders.example`. */
  origin: z.string(),
  /** Begins what is asked for there; empty, or `/` and more without a slash at its end. */
  pathPrefix: z.string(),
  /** `Host` of requests; null: that of the origin. */
  host: z.string().nullable(),
  /** Share of the requests, against those of the others. */
  weight: z.number().int().min(1).max(1_000),
});

/** A value of a request beside its body. */
export const parameterSchema = z.strictObject({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  /** Whether the value is a list: several members of the query, or texts between commas. */
  list: z.enum(["repeated", "commas"]).nullable(),
  /** JSON Schema that the value, or each item of a list, has to meet once it is read as the schema's type. */
  schema: jsonSchemaSchema,
});

/** What an OpenAPI document says of requests to one route. */
export const operationSchema = z.strictObject({
  operationId: z.string().nullable(),
  summary: z.string().nullable(),
  deprecated: z.boolean(),
  parameters: z.array(parameterSchema),
  body: z
    .strictObject({
      required: z.boolean(),
      /** Media types that are taken, such as `application/json` or `text/*`, with the schema of JSON ones. */
      content: z.array(
        z.strictObject({
          mediaType: z.string(),
          /** Null: anything. */
          schema: jsonSchemaSchema.nullable(),
        }),
      ),
    })
    .nullable(),
});

/** A way into a backend. */
export const backendRouteSchema = z.strictObject({
  /** Upper-case names; null: every method. */
  methods: z.array(z.string()).nullable(),
  /** Below the base path: segments, `{param}` for any one, and `*` at the end for whatever follows. */
  path: z.string(),
  /** Path at the upstream, which may name the parameters and end in `*`; null: as it was asked for. */
  rewritePath: z.string().nullable(),
  /** Null: requests are not looked into. */
  operation: operationSchema.nullable(),
});

/** How requests to upstreams are told from those that fail. */
export const healthSchema = z.strictObject({
  path: z.string(),
  intervalMs: countSchema,
  timeoutMs: countSchema,
  /** Answers in a row after which a server counts as healthy, and failures after which it no longer does. */
  healthyAfter: z.number().int().min(1),
  unhealthyAfter: z.number().int().min(1),
  /** First and last status of a good answer. */
  status: z.tuple([z.number().int(), z.number().int()]),
});

/** An HTTP service behind the gateway, one version of it. */
export const backendSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  major: z.number().int().min(0),
  ...lifecycleShape,
  summary: z.string().nullable(),
  /** Where it begins at the gateway: `/` and more, without a slash at its end. */
  basePath: z.string().regex(/^\/.*[^/]$/),
  /** Whether upstreams are asked without the base path. */
  stripPrefix: z.boolean(),
  upstreams: z.array(upstreamSchema).min(1),
  /** Null: everything below the base path. */
  routes: z.array(backendRouteSchema).nullable(),
  requestHeaders: z.strictObject({
    set: z.array(z.tuple([z.string(), z.union([z.string(), secretRefSchema])])),
    remove: z.array(z.string()),
  }),
  responseHeaders: z.strictObject({
    set: z.array(z.tuple([z.string(), z.string()])),
    remove: z.array(z.string()),
  }),
  auth: authSchema,
  timeouts: upstreamTimeoutsSchema,
  /** Null: nobody asks whether the upstreams are well. */
  health: healthSchema.nullable(),
  webSocket: z.boolean(),
  maxRequestBytes: countSchema.nullable(),
  maxResponseBytes: countSchema.nullable(),
  /** What becomes of requests that an operation does not allow. */
  validate: z.enum(["off", "report", "refuse"]),
  /** The document that the routes come from, for people to read. */
  openapi: z.record(z.string(), z.unknown()).nullable(),
  ...policyShape,
});

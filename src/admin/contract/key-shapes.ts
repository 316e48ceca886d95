import { z } from "zod";
import { countSchema, namesSchema, timeSchema, versionSchema, wantedNames } from "./values.ts";

/** How a key stands. */
export const keyStateSchema = z.enum(["active", "expired", "revoked"]);

/** A key: neither its text nor its digest. */
export const keySchema = z.strictObject({
  /** Its public id; `<tenant>/<app>/<name>` of one that the config declares. */
  id: z.string(),
  tenant: z.string(),
  app: z.string(),
  name: z.string(),
  state: keyStateSchema,
  environment: z.string().nullable(),
  /** Whether the config declares it: then it can be read here and nothing else. */
  declared: z.boolean(),
  /** Null for declared ones, as are the times and its maker. */
  version: versionSchema.nullable(),
  /** First millisecond at which it no longer works; null: never. */
  expiresAtMs: timeSchema.nullable(),
  /** When it was used last, within a quarter of a minute; null: never, or nobody has noted it. */
  lastUsedAtMs: timeSchema.nullable(),
  /** What it narrows. A list that is null narrows nothing; an empty one allows nothing. */
  scope: z.strictObject({
    services: namesSchema.nullable(),
    models: namesSchema.nullable(),
    endpoints: namesSchema.nullable(),
    backends: namesSchema.nullable(),
    methods: namesSchema.nullable(),
    readOnly: z.boolean(),
  }),
  /** CIDR networks; null: from anywhere, empty: from nowhere. */
  networks: namesSchema.nullable(),
  requestsPerMinute: countSchema.nullable(),
  createdAtMs: timeSchema.nullable(),
  createdBy: z.string().nullable(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  revokedAtMs: timeSchema.nullable(),
  revokedBy: z.string().nullable(),
  revokedFor: z.string().nullable(),
  label: z.string().nullable(),
});

/** A key that was made just now, with its text, which is shown this once. */
export const issuedKeySchema = z.strictObject({ text: z.string(), key: keySchema });

const wanted = wantedNames.nullable().default(null);

/** A key that is asked for. What is left out narrows nothing. */
export const newKeySchema = z.strictObject({
  app: z.string().min(1).max(300),
  name: z.string().min(1).max(100),
  environment: z.string().min(1).max(100),
  expiresAtMs: timeSchema.nullable().default(null),
  scope: z
    .strictObject({
      services: wanted,
      models: wanted,
      endpoints: wanted,
      backends: wanted,
      methods: wanted,
      readOnly: z.boolean().default(false),
    })
    .prefault({}),
  networks: wanted,
  requestsPerMinute: countSchema.nullable().default(null),
});

import { z } from "zod";
import { issuedKeySchema, keySchema, keyStateSchema, newKeySchema } from "./key-shapes.ts";
import { nameSchema, nothing, tenantIdParams, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { countSchema, timeSchema, wordsSchema } from "./values.ts";

/** Lists the keys of a tenant. */
export const listKeys = operation({
  name: "keys.list",
  method: "GET",
  path: "/tenants/{tenant}/keys",
  permission: "key.read",
  scope: "tenant",
  summary: "Keys of the tenant: declared ones, then issued ones, the newest first",
  params: tenantParams,
  query: pageQuery.extend({
    app: nameSchema.exactOptional(),
    state: keyStateSchema.exactOptional(),
    /** Part of the name or the id. */
    text: nameSchema.exactOptional(),
  }),
  body: null,
  output: pageOf(keySchema),
  status: 200,
  affectsCalls: false,
});

/** Shows a key. */
export const getKey = operation({
  name: "keys.get",
  method: "GET",
  path: "/tenants/{tenant}/keys/{id}",
  permission: "key.read",
  scope: "tenant",
  summary: "A key, without its text",
  params: tenantIdParams,
  query: nothing,
  body: null,
  output: keySchema,
  status: 200,
  affectsCalls: false,
});

/** Makes a key. */
export const createKey = operation({
  name: "keys.create",
  method: "POST",
  path: "/tenants/{tenant}/keys",
  permission: "key.create",
  scope: "tenant",
  summary: "Issue a key to an application; its text is in this answer and nowhere else",
  params: tenantParams,
  query: nothing,
  body: newKeySchema,
  output: issuedKeySchema,
  status: 201,
  affectsCalls: true,
  answersSecret: true,
});

/** Renames a key, or lets it end earlier. */
export const updateKey = operation({
  name: "keys.update",
  method: "PATCH",
  path: "/tenants/{tenant}/keys/{id}",
  permission: "key.rotate",
  scope: "tenant",
  summary: "Rename a key, or let it end earlier",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({
    name: z.string().min(1).max(100).exactOptional(),
    expiresAtMs: timeSchema.exactOptional(),
  }),
  output: keySchema,
  status: 200,
  affectsCalls: true,
});

/** Makes a key that takes the place of another. */
export const rotateKey = operation({
  name: "keys.rotate",
  method: "POST",
  path: "/tenants/{tenant}/keys/{id}/rotate",
  permission: "key.rotate",
  scope: "tenant",
  summary: "Issue a key in place of another, which works on for the overlap",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({
    /** Milliseconds for which the old key works beside the new one; 0: it ends at once. */
    overlapMs: countSchema,
    /** When the new one ends; null: never. Left out: it lasts as long as the old one was to. */
    expiresAtMs: timeSchema.nullable().exactOptional(),
  }),
  output: issuedKeySchema,
  status: 201,
  affectsCalls: true,
  answersSecret: true,
});

/** Revokes a key for good. */
export const revokeKey = operation({
  name: "keys.revoke",
  method: "POST",
  path: "/tenants/{tenant}/keys/{id}/revoke",
  permission: "key.revoke",
  scope: "tenant",
  summary: "Revoke a key at once and for good",
  params: tenantIdParams,
  query: nothing,
  body: z.strictObject({ reason: wordsSchema.nullable().default(null) }),
  output: keySchema,
  status: 200,
  affectsCalls: true,
});

/** Tells which key a text is. */
export const inspectKey = operation({
  name: "keys.inspect",
  method: "POST",
  path: "/tenants/{tenant}/keys/inspect",
  permission: "key.read",
  scope: "tenant",
  summary: "Tell which key of the tenant a whole text is",
  params: tenantParams,
  query: nothing,
  body: z.strictObject({ key: z.string().min(1).max(300) }),
  output: keySchema,
  status: 200,
  affectsCalls: false,
});

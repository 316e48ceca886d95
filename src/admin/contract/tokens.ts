import { z } from "zod";
import { idParams, nothing } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { namesSchema, timeSchema, versionSchema } from "./values.ts";

const tokenSchema = z.strictObject({
  id: z.string(),
  version: versionSchema,
  name: z.string(),
  /** What it is narrowed to; null: all that its maker may do. */
  permissions: namesSchema.nullable(),
  createdAtMs: timeSchema,
  /** First millisecond at which it no longer works; null: never. */
  expiresAtMs: timeSchema.nullable(),
});

/** What an answer says of an access token. */
export type TokenAnswer = z.input<typeof tokenSchema>;

/** Lists a member's access tokens. */
export const listTokens = operation({
  name: "tokens.list",
  method: "GET",
  path: "/tokens",
  permission: "token.read",
  scope: "self",
  summary: "The member's own access tokens, the newest first",
  params: nothing,
  query: pageQuery,
  body: null,
  output: pageOf(tokenSchema),
  status: 200,
  affectsCalls: false,
});

/** Makes an access token. */
export const createToken = operation({
  name: "tokens.create",
  method: "POST",
  path: "/tokens",
  permission: "token.create",
  scope: "self",
  summary: "Make an access token; its text is in this answer and nowhere else",
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name: z.string().min(1).max(100),
    /** Null: all that its maker may do. */
    permissions: z.array(z.string().max(100)).max(100).nullable().default(null),
    expiresAtMs: timeSchema.nullable().default(null),
  }),
  output: z.strictObject({ text: z.string(), token: tokenSchema }),
  status: 201,
  affectsCalls: false,
  answersSecret: true,
});

/** Revokes an access token. */
export const revokeToken = operation({
  name: "tokens.revoke",
  method: "DELETE",
  path: "/tokens/{id}",
  permission: "token.revoke",
  scope: "self",
  summary: "Revoke one of the member's own access tokens at once",
  params: idParams,
  query: nothing,
  body: null,
  output: null,
  status: 204,
  affectsCalls: false,
});

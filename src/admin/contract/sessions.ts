import { z } from "zod";
import { idParams, nothing } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { timeSchema } from "./values.ts";

const sessionSchema = z.strictObject({
  id: z.string(),
  means: z.enum(["oidc", "link"]),
  startedAtMs: timeSchema,
  usedAtMs: timeSchema,
  expiresAtMs: timeSchema,
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
});

/** Lists a member's sessions. */
export const listSessions = operation({
  name: "sessions.list",
  method: "GET",
  path: "/sessions",
  permission: "session.read",
  scope: "self",
  summary: "The member's own signed-in browsers, the newest first",
  params: nothing,
  query: pageQuery,
  body: null,
  output: pageOf(sessionSchema),
  status: 200,
  affectsCalls: false,
});

/** Ends a session. */
export const revokeSession = operation({
  name: "sessions.revoke",
  method: "DELETE",
  path: "/sessions/{id}",
  permission: "session.revoke",
  scope: "self",
  summary: "End one of the member's own sessions at once",
  params: idParams,
  query: nothing,
  body: null,
  output: null,
  status: 204,
  affectsCalls: false,
});

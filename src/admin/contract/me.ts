import { z } from "zod";
import { nothing } from "./names.ts";
import { operation } from "./operation.ts";
import { listOf, namesSchema, roleSchema } from "./values.ts";

/** Who asks, and what they may do. */
const meSchema = z.strictObject({
  address: z.string(),
  name: z.string(),
  means: z.enum(["session", "token", "local"]),
  isOperator: z.boolean(),
  /** What `x-csrf-token` has to say on writes; null where nothing is asked for. */
  csrf: z.string().nullable(),
  /** Permissions that the access token is narrowed to; null: all of the member's. */
  narrowedTo: namesSchema.nullable(),
  /** Tenants that the member has a role in. */
  tenants: listOf(
    z.strictObject({
      name: z.string(),
      displayName: z.string().nullable(),
      roles: listOf(roleSchema),
      /** What the member may do in it now. */
      permissions: namesSchema,
    }),
  ),
});

/** Tells a member who they are. */
export const getMe = operation({
  name: "me.get",
  method: "GET",
  path: "/me",
  permission: "self.read",
  scope: "self",
  summary: "Who is signed in, with roles and permissions",
  params: nothing,
  query: nothing,
  body: null,
  output: meSchema,
  status: 200,
  affectsCalls: false,
});

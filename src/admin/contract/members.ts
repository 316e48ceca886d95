import { z } from "zod";
import { tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { roleSchema } from "./values.ts";

const memberSchema = z.strictObject({
  /** A person, by address, or a group of the identity provider whose people have the role. */
  kind: z.enum(["person", "group"]),
  name: z.string(),
  role: roleSchema,
});

/** Lists who has which role in a tenant. */
export const listMembers = operation({
  name: "members.list",
  method: "GET",
  path: "/tenants/{tenant}/members",
  permission: "member.read",
  scope: "tenant",
  summary: "People and groups with their roles in the tenant",
  params: tenantParams,
  query: pageQuery.extend({ role: roleSchema.exactOptional() }),
  body: null,
  output: pageOf(memberSchema),
  status: 200,
  affectsCalls: false,
});

import { z } from "zod";
import { nameSchema, nothing, tenantParams } from "./names.ts";
import { operation } from "./operation.ts";
import { pageOf, pageQuery } from "./page.ts";
import { countSchema, timeQuery, timeSchema } from "./values.ts";

const json = z.record(z.string(), z.unknown()).nullable();

const entryShape = {
  timeMs: timeSchema,
  actor: z.strictObject({
    kind: z.enum(["person", "token", "key", "deploy", "system"]),
    id: z.string(),
    /** Network address; null: this machine. */
    address: z.string().nullable(),
  }),
  action: z.string(),
  subject: z.string(),
  /** What it was before and is now; null: it was not there, or is not there any more. */
  before: json,
  after: json,
  /** Hash of the artifact in force. */
  artifact: z.string().nullable(),
};

/** An entry without its place in the log, which would tell how much others do. */
const tenantEntry = z.strictObject(entryShape);

/** What a tenant is answered of an entry. */
export type AuditAnswer = z.input<typeof tenantEntry>;

const platformEntry = z.strictObject({
  ...entryShape,
  tenant: z.string().nullable(),
  sequence: countSchema,
  hash: z.string(),
  previousHash: z.string(),
});

const filters = {
  actor: nameSchema.exactOptional(),
  action: nameSchema.exactOptional(),
  subject: nameSchema.exactOptional(),
  sinceMs: timeQuery.exactOptional(),
  untilMs: timeQuery.exactOptional(),
};

/** Lists the audit log of a tenant. */
export const listAudit = operation({
  name: "audit.list",
  method: "GET",
  path: "/tenants/{tenant}/audit",
  permission: "audit.read",
  scope: "tenant",
  summary: "What was changed on the tenant's behalf, the newest first",
  params: tenantParams,
  query: pageQuery.extend(filters),
  body: null,
  output: pageOf(tenantEntry),
  status: 200,
  affectsCalls: false,
});

/** Lists the whole audit log. */
export const listAllAudit = operation({
  name: "audit.listAll",
  method: "GET",
  path: "/audit",
  permission: "audit.read",
  scope: "platform",
  summary: "What was changed on the platform, the newest first",
  params: nothing,
  query: pageQuery.extend({ ...filters, tenant: nameSchema.exactOptional() }),
  body: null,
  output: pageOf(platformEntry),
  status: 200,
  affectsCalls: false,
});

/** Follows the chain of the audit log. */
export const verifyAudit = operation({
  name: "audit.verify",
  method: "GET",
  path: "/audit-verification",
  permission: "audit.verify",
  scope: "platform",
  summary: "Follow the chain of the audit log from its beginning",
  params: nothing,
  query: nothing,
  body: null,
  output: z.strictObject({
    entries: countSchema,
    /** Where the chain breaks first; null: nowhere. */
    broken: z.strictObject({ sequence: countSchema, problem: z.string() }).nullable(),
  }),
  status: 200,
  affectsCalls: false,
});

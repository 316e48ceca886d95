import { type Role, roles } from "../../../../sdk/config/role.ts";
import type { GraphDeclaration } from "../../evaluate/graph.ts";
import { declarationOf, listOf, type ReadContext, text, wholeNumber } from "../reader.ts";
import { objectOf, optional, readShape, required, type Shape } from "../shape.ts";
import { duration, oneOf } from "../values.ts";

/** An approval policy, with names not yet looked up. */
export type ReadApproval =
  | { readonly mode: "none" }
  | {
      readonly mode: "by";
      readonly roles: readonly Role[];
      readonly withinMs: number | null;
      readonly quorum: number;
    }
  | {
      readonly mode: "automatic";
      /** Names as written; null where the condition does not look at them. */
      readonly tenants: readonly string[] | null;
      readonly environments: readonly string[] | null;
      readonly requestsPerMinuteUpTo: number | null;
      /** Id of the approval that applies otherwise. */
      readonly otherwise: number;
    };

const LONGEST_MS = 366 * 86_400_000;
const mode = required(oneOf(["none", "by", "automatic"]));
const noneShape = { mode } satisfies Shape;
const byShape = {
  mode,
  roles: required(listOf(oneOf(roles))),
  within: optional(duration(60_000, LONGEST_MS)),
  quorum: optional(wholeNumber(1)),
} satisfies Shape;
const automaticShape = {
  mode,
  when: required(
    objectOf({
      tenants: optional(listOf(text)),
      environments: optional(listOf(text)),
      requestsPerMinuteUpTo: optional(wholeNumber(1)),
    }),
  ),
  otherwise: required(declarationOf("approval")),
} satisfies Shape;

/** Reads an approval policy of any mode. */
export function readApproval(
  { fields }: GraphDeclaration,
  id: number,
  context: ReadContext,
): ReadApproval | undefined {
  const at = { declaration: id, path: [] };
  if (fields["mode"] === "none") {
    readShape(noneShape, fields, at, context);
    return { mode: "none" };
  }
  if (fields["mode"] === "automatic") {
    const { when, otherwise } = readShape(automaticShape, fields, at, context);
    if (when === undefined || otherwise === undefined) return undefined;
    return {
      mode: "automatic",
      tenants: when.tenants ?? null,
      environments: when.environments ?? null,
      requestsPerMinuteUpTo: when.requestsPerMinuteUpTo ?? null,
      otherwise,
    };
  }
  const read = readShape(byShape, fields, at, context);
  if (read.roles === undefined) return undefined;
  if (read.roles.length === 0) {
    if (!Array.isArray(fields["roles"]) || fields["roles"].length > 0) return undefined;
    context.report.add("LK1103", "an approval names no role that decides", { at });
    return undefined;
  }
  return { mode: "by", roles: read.roles, withinMs: read.within ?? null, quorum: read.quorum ?? 1 };
}

import { z } from "zod";
import { assert } from "../../kernel/assert.ts";
import type { BoundOperation } from "../operations/bound-operation.ts";
import { isPermission } from "../permissions.ts";
import { type QueryField, queryField } from "./query-field.ts";

/** An operation with everything that can be worked out before the first request. */
export interface PreparedOperation extends BoundOperation {
  /** Names of the path's parameters, in order. */
  readonly names: readonly string[];
  /** Schemas that refuse members that they do not name. */
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodObject | null;
  readonly queryFields: ReadonlyMap<string, QueryField>;
  /** Whether a request may leave its body out, which is then an empty object. */
  readonly mayLackBody: boolean;
}

/** Makes an operation ready. Throws where it contradicts itself, which is a mistake of ours. */
export function prepareOperation(bound: BoundOperation): PreparedOperation {
  const { operation } = bound;
  const names = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
  checkOperation(bound, names);
  const body = operation.body?.strict() ?? null;
  return {
    ...bound,
    names,
    params: operation.params.strict(),
    query: operation.query.strict(),
    body,
    queryFields: new Map(
      Object.entries(operation.query.shape).map(([name, schema]) => [name, queryField(schema)]),
    ),
    mayLackBody: body?.safeParse({}).success === true,
  };
}

function checkOperation({ operation }: BoundOperation, names: readonly string[]): void {
  const { name, path, params, permission, scope, status, output, answersSecret } = operation;
  const hasText = output instanceof z.ZodObject && "text" in output.shape;
  const isOf = (is: boolean, problem: string): void => assert(is, `the operation ${name} ${problem}`);
  isOf(isPermission(permission), "names no permission");
  isOf(
    names.join() === Object.keys(params.shape).join(),
    "has other parameters than its path, or in another order",
  );
  isOf(
    (scope === "tenant") === path.startsWith("/tenants/{tenant}"),
    "is of a tenant, or not, against its path",
  );
  isOf((status === 204) === (output === null), "answers 204 with a body, or another status without one");
  isOf(operation.method !== "GET" || operation.body === null, "reads and takes a body");
  isOf(answersSecret !== true || hasText, "has a secret that is not `text`");
  // Kept for those who send a request again, a secret would lie in the records in plain text.
  isOf(
    operation.method === "GET" || !hasText || answersSecret !== undefined,
    "answers a `text` and does not say whether it is a secret",
  );
}

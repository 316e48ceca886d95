import { LatchkeyError } from "../../kernel/error.ts";
import { wrongField } from "../check-input.ts";
import type { Operation, OperationInput } from "../contract/operation.ts";
import type { IdentityRequest } from "../identity/identity-http.ts";
import { checkSchema } from "./check-schema.ts";
import { readIfMatch } from "./preconditions.ts";
import type { PreparedOperation } from "./prepared-operation.ts";
import { readBodyBytes, readJsonBody } from "./read-json-body.ts";
import { readQuery } from "./read-query.ts";

/** What a request says, as its operation's schemas have read it. */
export interface AdminInput {
  readonly input: OperationInput<Operation>;
  /** From `If-Match`. */
  readonly version: number | undefined;
  /** The body as it was sent. */
  readonly bytes: Uint8Array;
}

/**
 * Reads all of a request.
 * @param params of the path
 * @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104, LK-2106, LK-2127, LK-2130
 */
export async function readInput(
  operation: PreparedOperation,
  params: Readonly<Record<string, string>>,
  request: IdentityRequest,
): Promise<AdminInput> {
  const version = readIfMatch(request.headers);
  const read = {
    params: checkSchema(operation.params, params),
    query: checkSchema(operation.query, readQuery(request.query, operation.queryFields)),
  };
  const bytes = await readBodyBytes(request);
  const body = readBody(operation, bytes, request.headers);
  // An operation whose schemas are not known has no narrower type than this one.
  return { input: { ...read, body } as OperationInput<Operation>, version, bytes };
}

function readBody(
  { body, mayLackBody }: PreparedOperation,
  bytes: Uint8Array,
  headers: IdentityRequest["headers"],
): unknown {
  if (body === null) {
    if (bytes.length === 0) return null;
    throw wrongField("body", "This operation takes no body.");
  }
  if (bytes.length > 0) return checkSchema(body, readJsonBody(bytes, headers));
  if (mayLackBody) return checkSchema(body, {});
  throw new LatchkeyError("LK-2101", "The request body is empty; send a JSON object.");
}

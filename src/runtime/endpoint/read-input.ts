import type { IncomingRequest } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { parseSpelled, respell, type SpelledJson } from "../../kernel/json-exact.ts";
import { findJsonFault } from "../../kernel/json-names.ts";
import { checkJsonBody, duplicateError } from "../../kernel/scan-error.ts";
import type { Call } from "../call.ts";
import type { EndpointEntry } from "../endpoint-table.ts";
import { readCallBody } from "../stages/read-call-body.ts";
import { describeIssues } from "./job.ts";

const decoder = new TextDecoder();

/**
 * Reads and checks an endpoint's input. Its numbers are spelled as the caller has written them.
 * @throws LatchkeyError LK-2101 (no JSON object), LK-2103 (a member twice in one object), LK-2130 (nested too deep), LK-2105
 * (does not match the schema), and as `readCallBody`.
 */
export async function readInput(
  call: Call,
  endpoint: EndpointEntry,
  request: IncomingRequest,
): Promise<unknown> {
  const body = await readCallBody(call, request);
  const { value, spelled } = parseObject(body);
  const outcome = await endpoint.checkInput(value);
  if (outcome.ok) return respell(outcome.value, spelled);
  const param = outcome.issues[0]?.path ?? "";
  const message = `The input does not match the schema of ${endpoint.label}: ${describeIssues(outcome.issues)}.`;
  throw new LatchkeyError("LK-2105", message, param === "" ? {} : { param });
}

function parseObject(body: Uint8Array): SpelledJson {
  if (body.length === 0)
    throw new LatchkeyError("LK-2101", "The request body is empty; send the input as a JSON object.");
  checkJsonBody(body);
  const fault = findJsonFault(body, "duplicate");
  if (fault !== undefined) throw duplicateError(fault.path.join("."));
  return parseSpelled(decoder.decode(body));
}

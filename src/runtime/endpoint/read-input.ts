import type { IncomingRequest } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject } from "../../kernel/json.ts";
import type { Call } from "../call.ts";
import type { EndpointEntry } from "../endpoint-table.ts";
import { readCallBody } from "../stages/read-call-body.ts";
import { describeIssues } from "./job.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads and checks an endpoint's input.
 * @throws LatchkeyError LK-2101 (no JSON object), LK-2105 (does not match the schema), and as `readCallBody`.
 */
export async function readInput(
  call: Call,
  endpoint: EndpointEntry,
  request: IncomingRequest,
): Promise<unknown> {
  const body = await readCallBody(call, request);
  const outcome = await endpoint.checkInput(parseObject(body));
  if (outcome.ok) return outcome.value;
  const param = outcome.issues[0]?.path ?? "";
  const message = `The input does not match the schema of ${endpoint.label}: ${describeIssues(outcome.issues)}.`;
  throw new LatchkeyError("LK-2105", message, param === "" ? {} : { param });
}

function parseObject(body: Uint8Array): unknown {
  if (body.length === 0)
    throw new LatchkeyError("LK-2101", "The request body is empty; send the input as a JSON object.");
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message.slice(0, 200) : "it is not UTF-8";
    throw new LatchkeyError("LK-2101", `The request body is not valid JSON: ${reason}.`, { cause });
  }
  if (!isJsonObject(value)) throw new LatchkeyError("LK-2101", "The request body has to be a JSON object.");
  return value;
}

import { jsonrepair } from "jsonrepair";
import type { ValidationIssue } from "../../artifact/function-ref.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { isNestedTooDeep } from "../../kernel/json-depth.ts";
import { parseSpelled, respell, type SpelledJson } from "../../kernel/json-exact.ts";
import type { EndpointEntry } from "../endpoint-table.ts";

/** The endpoint's answer read from the model's text, or why it is none. */
export type OutputReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly ValidationIssue[] };

/** Longest text that a repair is tried on. */
const MAX_REPAIR_LENGTH = 256 * 1024;

/**
 * Reads and checks the endpoint's answer. Text that is not JSON is repaired where that is sure: the JSON inside
 * a code fence or between words, trailing commas, missing quotes. What was left open is never closed: nobody knows
 * what would have followed. Numbers stay as the model has written them.
 */
export async function readOutput(endpoint: EndpointEntry, text: string): Promise<OutputReading> {
  if (endpoint.output === null) return { ok: true, value: { text } };
  let failure: OutputReading = { ok: false, issues: [{ path: "", message: "is not JSON" }] };
  const { format, check } = endpoint.output;
  const read = format.wrapped ? unwrap : (value: unknown): unknown => value;
  for (const { value, spelled } of candidates(text)) {
    const outcome = await check(read(value));
    if (outcome.ok) return { ok: true, value: respell(outcome.value, read(spelled)) };
    failure = outcome;
  }
  return failure;
}

/** Values that the text may mean, the likeliest first. */
function* candidates(text: string): Generator<SpelledJson> {
  // A repair would go as deep as the text does.
  if (isNestedTooDeep(text)) return;
  const direct = tryParse(text);
  if (direct !== undefined) {
    yield direct;
    return;
  }
  const inner = innerJson(text);
  const embedded = tryParse(inner);
  if (embedded !== undefined) yield embedded;
  else if (inner.length <= MAX_REPAIR_LENGTH && isClosed(inner)) {
    const repaired = tryRepair(inner);
    if (repaired !== undefined) yield repaired;
  }
}

/** What stands between the first opening and the last closing bracket. */
function innerJson(text: string): string {
  const start = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  return start >= 0 && end > start ? text.slice(start, end + 1) : text;
}

/** Whether as many brackets are closed as are opened, those inside strings aside. */
function isClosed(text: string): boolean {
  const plain = text.replace(/"(?:[^"\\]|\\.)*"/g, "");
  return plain.replace(/[^{[]/g, "").length === plain.replace(/[^}\]]/g, "").length && !plain.includes('"');
}

function tryParse(text: string): SpelledJson | undefined {
  try {
    return parseSpelled(text);
  } catch {
    return undefined;
  }
}

function tryRepair(text: string): SpelledJson | undefined {
  try {
    return parseSpelled(jsonrepair(text));
  } catch {
    return undefined;
  }
}

function unwrap(value: unknown): unknown {
  return isJsonObject(value) && Object.hasOwn(value, "value") ? value["value"] : value;
}

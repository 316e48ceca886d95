import type { ErrorReader } from "../../dialects/dialect.ts";
import type { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { headerOf } from "../../upstream/upstream.ts";
import type { Attempt } from "../attempt.ts";
import { withoutOwnCredentials } from "../own-credentials.ts";
import { retryAfterOf } from "./retry-after.ts";
import { vendorFailure } from "./vendor-failure.ts";

const decoder = new TextDecoder();
/** What an error's own number says in place of the status. */
const STATUS = /^[45]\d\d$/;

/**
 * The error that a body of status 200 is in truth, as routers send one that they have met behind them; `undefined` where
 * it is none. Source: https://openrouter.ai/docs/api-reference/errors
 */
export function embeddedFailure(
  body: Uint8Array,
  attempt: Attempt,
  parseError: ErrorReader,
): LatchkeyError | undefined {
  const value = tryParseJson(decoder.decode(body));
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!isJsonObject(first) || !isError(first as JsonObject)) return undefined;
  const { head, sentHead } = attempt;
  const vendor = parseError(statusIn(first as JsonObject), body, (name) => head && headerOf(head, name));
  const retryAfterS = (head && retryAfterOf(head)) ?? vendor.retryAfterS;
  const told = retryAfterS === undefined ? vendor : { ...vendor, retryAfterS };
  return vendorFailure(told, 200, withoutOwnCredentials(vendor.message, sentHead));
}

function isError({ error, errors, type, object, success }: JsonObject): boolean {
  if (isJsonObject(error)) return Object.keys(error).length > 0;
  if (typeof error === "string") return error !== "";
  return type === "error" || object === "error" || (success === false && Array.isArray(errors));
}

/** A failure without a number is the vendor's own. */
function statusIn(body: JsonObject): number {
  const error = isJsonObject(body["error"]) ? body["error"] : body;
  const given = [error["code"], error["status"], body["code"], body["status"]];
  return Number(given.find((word) => STATUS.test(String(word))) ?? 500);
}

import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { count, inputUsage, readTokenUsage } from "../embeddings/usage.ts";

/**
 * Usage of an answer, in Cohere's `meta` or in `usage` as with all others; `undefined` where it has neither. Cohere
 * charges for searches, others for tokens.
 * Wire format: https://docs.cohere.com/v2/reference/rerank (`meta`)
 */
export function readUsage({ meta, usage }: Readonly<Record<string, unknown>>): Usage | undefined {
  const billed = isJsonObject(meta) ? meta["billed_units"] : undefined;
  const tokens = isJsonObject(meta) ? meta["tokens"] : undefined;
  const searchUnits = searchUnitsOf(billed) ?? searchUnitsOf(usage);
  const input = isJsonObject(tokens) ? count(tokens["input_tokens"]) : undefined;
  const counted = input === undefined ? readTokenUsage(usage) : inputUsage(input);
  if (searchUnits === undefined) return counted;
  return { ...(counted ?? inputUsage(0)), searchUnits };
}

function searchUnitsOf(value: unknown): number | undefined {
  return isJsonObject(value) ? count(value["search_units"]) : undefined;
}

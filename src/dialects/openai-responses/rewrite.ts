import { copyBytes } from "../../kernel/bytes.ts";
import { isJsonObject, type Json, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import type { Rewrite } from "../passthrough.ts";
import type { ResponsesEnvelope } from "./envelope.ts";
import { isOwnId } from "./item-id.ts";
import { sealPrefix } from "./seal.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The request's bytes for one target: another model id, all else as it came. Streams tell their usage without being
 * asked. Only a conversation that has gone through another dialect before holds items of the gateway's making; these
 * are taken out.
 */
export function rewrite(envelope: ResponsesEnvelope, { modelJson }: Rewrite): Uint8Array {
  const { body, modelSpan } = envelope;
  if (envelope.hasOwnItems) {
    const cleaned = withoutOwnItems(body, modelJson);
    if (cleaned !== undefined) return cleaned;
  }
  const { start, end } = modelSpan;
  const result = new Uint8Array(body.length + modelJson.length - (end - start));
  copyBytes(body, 0, start, result, 0);
  result.set(modelJson, start);
  copyBytes(body, end, body.length, result, start + modelJson.length);
  return result;
}

/** The request without what no vendor understands; `undefined` where there is no such thing. */
function withoutOwnItems(body: Uint8Array, modelJson: Uint8Array): Uint8Array | undefined {
  const request = tryParseExactJson(decoder.decode(body));
  if (!isJsonObject(request) || !Array.isArray(request["input"])) return undefined;
  const items = request["input"] as readonly Json[];
  const input = items.flatMap(withoutOwn);
  const isSame = input.length === items.length && input.every((item, index) => item === items[index]);
  if (isSame) return undefined;
  const model = tryParseJson(decoder.decode(modelJson));
  return encoder.encode(JSON.stringify({ ...request, input, model }));
}

function withoutOwn(item: Json): readonly Json[] {
  if (!isJsonObject(item)) return [item];
  const { type, id, encrypted_content: sealed } = item as JsonObject;
  if (typeof sealed === "string" && sealed.startsWith(sealPrefix)) return [];
  if (typeof id !== "string" || !isOwnId(id) || type === "item_reference") return [item];
  // Thinking and pictures count for the vendor that has made them only.
  if (type === "reasoning" || type === "image_generation_call") return [];
  const { id: _, ...kept } = item as JsonObject;
  return [kept];
}

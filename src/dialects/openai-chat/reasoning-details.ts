import type { ReasoningPart, Signature } from "../../canonical/content.ts";
import { isJsonObject, type Json, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { isDialectName } from "./extra-content.ts";

/** Format of thinking that nothing seals, so that nothing has to be kept of it but what it says. */
const UNSEALED = "unsealed";

/**
 * Thinking as a list of objects beside the answer: `reasoning.text`, `reasoning.summary` and `reasoning.encrypted`.
 * What a vendor of this dialect sends is kept whole in the part's signature, so that it goes back as it came. Thinking
 * of another dialect names it in `format`.
 * Wire format: https://openrouter.ai/docs/use-cases/reasoning-tokens (`reasoning_details`)
 */
export function readDetail(value: unknown): ReasoningPart | undefined {
  if (!isJsonObject(value)) return undefined;
  const detail = value as JsonObject;
  const { type, text, summary, data, signature, format, id } = detail;
  const named = typeof id === "string" && { id };
  if (type === "reasoning.encrypted") {
    if (typeof data !== "string") return undefined;
    const redacted: Signature = isForeign(format) ? { dialect: format, value: data } : sealed(detail);
    return { type: "reasoning", text: "", ...(isForeign(format) && named), redacted };
  }
  const isSummary = type === "reasoning.summary";
  if (!isSummary && type !== "reasoning.text") return undefined;
  const shown = isSummary ? summary : text;
  const part = { type: "reasoning" as const, text: typeof shown === "string" ? shown : "" };
  const kind = isSummary && { isSummary };
  if (format === UNSEALED) return { ...part, ...kind, ...named };
  if (!isForeign(format)) return { ...part, ...kind, signature: sealed(detail) };
  return {
    ...part,
    ...kind,
    ...named,
    ...(typeof signature === "string" && { signature: { dialect: format, value: signature } }),
  };
}

/** A part of thinking as such an object, of this dialect as it came. */
export function renderDetail(part: ReasoningPart): JsonObject {
  const { text, isSummary, id, signature, redacted } = part;
  const own = unsealed(redacted ?? signature);
  if (own !== undefined) {
    if (redacted !== undefined) return own;
    return own["type"] === "reasoning.summary" ? { ...own, summary: text } : { ...own, text };
  }
  const named = id !== undefined && { id };
  if (redacted !== undefined) {
    return { type: "reasoning.encrypted", data: redacted.value, ...named, format: redacted.dialect };
  }
  return {
    ...(isSummary === true ? { type: "reasoning.summary", summary: text } : { type: "reasoning.text", text }),
    ...named,
    ...(signature === undefined
      ? { format: UNSEALED }
      : { signature: signature.value, format: signature.dialect }),
  };
}

/** Whether a part says more than its words, so that it needs such an object to travel. */
export function needsDetail({ id, isSummary, signature, redacted }: ReasoningPart): boolean {
  return signature !== undefined || redacted !== undefined || id !== undefined || isSummary !== undefined;
}

/** Seal of a `thinking` part of a message's content, told as a detail. https://docs.mistral.ai/api/endpoint/chat (`ThinkChunk`) */
export function thinkingSignature(signature: unknown): Signature | undefined {
  if (typeof signature !== "string" || signature === "") return undefined;
  return sealed({ type: "reasoning.text", format: "thinking", signature });
}

/** The vendor's own signature inside the seal of a part; `undefined` where no vendor of this dialect gave one. */
export function innerSignature({ signature }: ReasoningPart): string | undefined {
  const inner = unsealed(signature)?.["signature"];
  return typeof inner === "string" ? inner : undefined;
}

/** The object without its words, which stand in the part's text. */
function sealed({ text: _text, summary: _summary, ...rest }: JsonObject): Signature {
  return { dialect: "openai-chat", value: JSON.stringify(rest) };
}

function unsealed(signature: Signature | undefined): JsonObject | undefined {
  if (signature?.dialect !== "openai-chat") return undefined;
  const value = tryParseJson(signature.value);
  return isJsonObject(value) ? (value as JsonObject) : undefined;
}

function isForeign(format: Json | undefined): format is Exclude<Signature["dialect"], "openai-chat"> {
  return isDialectName(format) && format !== "openai-chat";
}

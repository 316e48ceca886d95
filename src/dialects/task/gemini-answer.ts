import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { objectsOf } from "./json-body.ts";
import { count } from "./usage.ts";

/** A piece of sound or a picture in an answer of `generateContent`. */
export interface InlineData {
  /** Standard base64. */
  readonly data: string;
  readonly mediaType: string;
}

/** What an answer of `generateContent` holds that these APIs look for. */
export interface GeminiAnswer {
  readonly inline: readonly InlineData[];
  /** What the model says beside it. */
  readonly text: string;
  readonly usage: Usage | undefined;
  /** Why there is nothing, where the vendor says. */
  readonly reason: string | undefined;
}

/**
 * Reads an answer of `generateContent`; thoughts, which can hold sketches, are left out.
 * Wire format: https://ai.google.dev/api/generate-content#generatecontentresponse
 */
export function readGeminiAnswer(body: JsonObject): GeminiAnswer {
  const candidates = objectsOf(body["candidates"]);
  const parts = candidates.flatMap(({ content }) =>
    isJsonObject(content) ? objectsOf(content["parts"]) : [],
  );
  const said = parts.filter(({ thought }) => thought !== true);
  const feedback = body["promptFeedback"];
  const blocked = isJsonObject(feedback) ? feedback["blockReason"] : undefined;
  const finished = candidates.map(({ finishReason }) => finishReason).find((reason) => reason !== "STOP");
  const reason = blocked ?? finished;
  return {
    inline: said.flatMap(({ inlineData }) => readInline(inlineData)),
    text: said.map(({ text }) => (typeof text === "string" ? text : "")).join(""),
    usage: readGeminiUsage(body["usageMetadata"]),
    reason: typeof reason === "string" ? reason : undefined,
  };
}

/** Why nothing was made: the vendor's filter, or words of the model instead of a picture or sound. */
export function geminiFailure({ reason, text }: GeminiAnswer): VendorError {
  const isFiltered =
    reason !== undefined && /SAFETY|PROHIBITED|BLOCKLIST|SPII|RECITATION|ARMOR|JAILBREAK/.test(reason);
  const words = text === "" ? "the model made nothing" : text.slice(0, 500);
  return {
    kind: isFiltered ? "content-policy" : "invalid-request",
    message: reason === undefined ? words : `${words} (${reason})`,
    ...(reason !== undefined && { code: reason }),
  };
}

function readInline(value: unknown): readonly InlineData[] {
  if (!isJsonObject(value)) return [];
  const { data, mimeType } = value;
  return typeof data === "string" && data !== ""
    ? [{ data, mediaType: typeof mimeType === "string" ? mimeType : "" }]
    : [];
}

/** Wire format: https://ai.google.dev/api/generate-content#UsageMetadata. Thoughts are counted apart there. */
function readGeminiUsage(usage: unknown): Usage | undefined {
  if (!isJsonObject(usage)) return undefined;
  const input = count(usage["promptTokenCount"]);
  if (input === undefined) return undefined;
  const thoughts = count(usage["thoughtsTokenCount"]) ?? 0;
  const parts = {
    audioInput: tokensOf(usage["promptTokensDetails"], "AUDIO"),
    imageInput: tokensOf(usage["promptTokensDetails"], "IMAGE"),
    audioOutput: tokensOf(usage["candidatesTokensDetails"], "AUDIO"),
    imageOutput: tokensOf(usage["candidatesTokensDetails"], "IMAGE"),
  };
  return {
    input,
    output: (count(usage["candidatesTokenCount"]) ?? 0) + thoughts,
    cacheRead: count(usage["cachedContentTokenCount"]) ?? 0,
    cacheWrite: 0,
    reasoning: thoughts,
    ...Object.fromEntries(Object.entries(parts).filter(([, tokens]) => tokens > 0)),
  };
}

function tokensOf(details: unknown, modality: string): number {
  let sum = 0;
  for (const detail of objectsOf(details)) {
    if (detail["modality"] === modality) sum += count(detail["tokenCount"]) ?? 0;
  }
  return sum;
}

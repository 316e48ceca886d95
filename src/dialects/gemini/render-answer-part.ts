import type { AssistantPart, ImagePart, ReasoningPart, Signature } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { argumentsObject } from "../call-arguments.ts";
import { soundType } from "./media-type.ts";
import { sealThought, unsignedSeal } from "./signature.ts";

/**
 * A part of an answer in Gemini's words; `undefined` where there is nothing to be said. Sound is given without its
 * words, as Gemini does; what only another vendor knows is left out.
 */
export function renderAnswerPart(part: AssistantPart): JsonObject | undefined {
  switch (part.type) {
    case "text":
      return { text: part.text, ...renderSeal(part.signature) };
    case "refusal":
      return { text: part.text };
    case "reasoning":
      return renderThought(part);
    case "tool-call":
      return renderCall(part.id, part.name, part.arguments, part.signature);
    case "image":
      return renderImage(part);
    case "spoken":
      if (part.data !== undefined) return renderSound(part.data, part.format);
      return part.transcript === undefined ? undefined : { text: part.transcript };
    case "vendor":
      return part.dialect === "gemini" && isJsonObject(part.value) ? (part.value as JsonObject) : undefined;
  }
}

/** A thought, or the seal that ends it. */
export function renderThought({
  text,
  signature,
  redacted,
  id,
  isSummary,
}: Omit<ReasoningPart, "type">): JsonObject {
  const theirs = redacted ?? signature;
  const seal =
    theirs === undefined
      ? undefined
      : sealThought({
          signature: theirs,
          isRedacted: redacted !== undefined,
          ...(id !== undefined && { id }),
          ...(isSummary !== undefined && { isSummary }),
        });
  return { text, thought: true, ...(seal !== undefined && { thoughtSignature: seal }) };
}

/** A call; `undefined` where its arguments have lost their end and would be taken for others. */
export function renderCall(
  id: string,
  name: string,
  text: string,
  signature: Signature | undefined,
): JsonObject | undefined {
  const args = argumentsObject(text);
  return args === undefined ? undefined : { functionCall: { id, name, args }, ...renderSeal(signature) };
}

/** The first call of an answer, which says so where nobody has signed it. */
export function renderFirstCall(call: JsonObject): JsonObject {
  return call["thoughtSignature"] === undefined ? { ...call, thoughtSignature: unsignedSeal } : call;
}

/** A picture, as its bytes or by its address. */
export function renderImage({ source, signature }: ImagePart): JsonObject {
  const seal = renderSeal(signature);
  if (source.kind === "base64")
    return { inlineData: { mimeType: source.mediaType, data: source.data }, ...seal };
  const fileUri = source.kind === "url" ? source.url : source.id;
  return { fileData: { mimeType: source.mediaType ?? "image/png", fileUri }, ...seal };
}

/** Sound as its bytes. */
export function renderSound(data: string, format: string | undefined): JsonObject {
  return { inlineData: { mimeType: soundType(format), data } };
}

/** `thoughtSignature` of a part. */
export function renderSeal(signature: Signature | undefined): JsonObject {
  return signature === undefined ? {} : { thoughtSignature: sealThought({ signature, isRedacted: false }) };
}

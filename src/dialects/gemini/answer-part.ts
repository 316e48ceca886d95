import type { ImagePart } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { MalformedCallError } from "../malformed-call.ts";
import { unsignedSeal } from "./signature.ts";

/** A part of an answer, or a piece of one in a stream. `seal` is its `thoughtSignature`. */
export type AnswerPart =
  | { readonly type: "text" | "reasoning"; readonly text: string; readonly seal?: string }
  | { readonly type: "call"; readonly call: JsonObject; readonly seal?: string }
  | { readonly type: "image"; readonly image: ImagePart }
  | { readonly type: "sound"; readonly mediaType: string; readonly data: string }
  | { readonly type: "vendor"; readonly value: JsonObject };

/** Another gateway of this kind says so where it has no signature. */
const NO_SEALS: readonly string[] = ["", unsignedSeal];

/**
 * Reads a part; `undefined` where there is nothing in it.
 * @throws MalformedCallError
 * Wire format: https://ai.google.dev/api/caching#Part
 */
export function readAnswerPart(part: unknown): AnswerPart | undefined {
  if (!isJsonObject(part)) return undefined;
  const { text, thought, thoughtSignature, functionCall, inlineData } = part as JsonObject;
  const isSealed = typeof thoughtSignature === "string" && !NO_SEALS.includes(thoughtSignature);
  const seal = isSealed ? { seal: thoughtSignature } : {};
  const isThought = thought === true;
  if (isJsonObject(functionCall)) return { type: "call", call: functionCall as JsonObject, ...seal };
  if (functionCall !== undefined && functionCall !== null)
    throw new MalformedCallError("a function call is no object");
  // Pictures of which the model only thinks are none of its answer's.
  const media =
    isJsonObject(inlineData) && !isThought ? readMedia(inlineData as JsonObject, seal.seal) : undefined;
  if (media !== undefined) return media;
  if (typeof text === "string") return { type: isThought ? "reasoning" : "text", text, ...seal };
  const members = Object.keys(part).filter((name) => name !== "thoughtSignature" && name !== "thought");
  if (members.length > 0) return { type: "vendor", value: part as JsonObject };
  // Google's JSON leaves out what is empty.
  return seal.seal === undefined ? undefined : { type: isThought ? "reasoning" : "text", text: "", ...seal };
}

function readMedia({ mimeType, data }: JsonObject, seal: string | undefined): AnswerPart | undefined {
  if (typeof mimeType !== "string" || typeof data !== "string") return undefined;
  if (mimeType.startsWith("audio/")) return { type: "sound", mediaType: mimeType, data };
  if (!mimeType.startsWith("image/")) return undefined;
  const signature = seal !== undefined && { signature: { dialect: "gemini" as const, value: seal } };
  return {
    type: "image",
    image: { type: "image", source: { kind: "base64", mediaType: mimeType, data }, ...signature },
  };
}

/** Whether a part is the result of a tool that Google has run itself: its call waits for nobody. */
export function isOwnResult(value: unknown): boolean {
  return isJsonObject(value) && value["functionResponse"] !== undefined;
}

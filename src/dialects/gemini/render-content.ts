import type {
  AssistantPart,
  AudioPart,
  FilePart,
  ImagePart,
  Signature,
  ToolResultPart,
  UserPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { argumentsAsSaid } from "../call-arguments.ts";
import type { TargetLack } from "../dialect.ts";
import { NOT_CITED } from "../not-cited.ts";
import { noteCitations } from "../note-citations.ts";
import { isMadeCallId } from "./call-id.ts";
import { soundType, typeByEnding } from "./media-type.ts";
import { type GeminiTarget, SIGNING_GENERATION } from "./quirks.ts";

type Part = UserPart | AssistantPart | ToolResultPart;

/** Where losses are told while a request is rendered. */
export interface RenderContext {
  readonly target: GeminiTarget;
  readonly losses: Loss[];
}

/**
 * Parts of a message as Gemini's. What has no counterpart is told to the context's losses.
 * Wire format: https://ai.google.dev/api/caching#Part
 */
export function renderContent(parts: readonly Part[], path: string, context: RenderContext): JsonObject[] {
  return parts.flatMap((part, index) => {
    const place = `${path}.content[${index}]`;
    if ("cache" in part && part.cache !== undefined) noteCache(place, context);
    const rendered = renderPart(part, place, context);
    if (rendered === undefined) return [];
    // What is said about a file stands before it.
    const about = part.type === "file" && part.context !== undefined ? [{ text: part.context }] : [];
    return [...about, rendered];
  });
}

/** Gemini caches by itself and cannot be told where. */
export function noteCache(path: string, { losses }: RenderContext): void {
  losses.push({ path: `${path}.cache`, isHarmless: true, reason: "cannot mark what Gemini is to cache" });
}

function renderPart(part: Part, path: string, context: RenderContext): JsonObject | undefined {
  const lose = (reason: string, isHarmless = false): undefined => {
    context.losses.push({ path, isHarmless, reason });
    return undefined;
  };
  noteCitations(part, path, "Gemini", context.losses);
  const lacks = (name: TargetLack): boolean => context.target.lacks.includes(name);
  switch (part.type) {
    case "text":
      // A seal may stand on a part without words, and has to stay there.
      return part.text === "" && sealOf(part.signature) === undefined
        ? undefined
        : { text: part.text, ...seal(part.signature) };
    case "refusal":
      return part.text === "" ? undefined : { text: part.text };
    case "reasoning": {
      const theirs = part.redacted ?? part.signature;
      if (theirs !== undefined && theirs.dialect !== "gemini")
        return lose("is the thinking of another vendor", true);
      return { text: part.text, thought: true, ...seal(part.signature) };
    }
    case "tool-call":
      return {
        functionCall: {
          ...renderCallId(part.id, context.target),
          name: part.name,
          args: argumentsAsSaid(part.arguments),
        },
        ...seal(part.signature),
      };
    case "image":
      return lacks("images") ? lose("cannot be seen by this model") : renderImage(part, path, context);
    case "file":
      if (lacks("files")) return lose("cannot be read by this model");
      if (part.citations === true) {
        context.losses.push({ path: `${path}.citations`, isHarmless: false, reason: NOT_CITED });
      }
      return renderMedia(part, "application/pdf", path, context);
    case "audio":
      if (lacks("audio")) return lose("cannot be heard by this model");
      return renderMedia(part, "audio/wav", path, context);
    case "spoken":
      if (part.data !== undefined)
        return { inlineData: { mimeType: soundType(part.format), data: part.data } };
      return part.transcript === undefined ? lose("has no counterpart in Gemini") : { text: part.transcript };
    case "vendor":
      return part.dialect === "gemini" && isJsonObject(part.value)
        ? (part.value as JsonObject)
        : lose("has no counterpart in Gemini");
  }
}

/**
 * The id of a call and of its result. Vertex AI and older models refuse requests that hold one, and match by order;
 * ids that were made here were never known to Gemini.
 */
export function renderCallId(id: string, { isVertex, generation }: GeminiTarget): JsonObject {
  return isVertex || generation < SIGNING_GENERATION || isMadeCallId(id) ? {} : { id };
}

function renderImage(part: ImagePart, path: string, context: RenderContext): JsonObject | undefined {
  const media = renderMedia(part, "image/jpeg", path, context);
  if (media === undefined) return undefined;
  const { detail = "auto" } = part;
  const canLook = context.target.generation >= SIGNING_GENERATION;
  if (detail !== "auto" && !canLook) {
    const reason = "cannot say how closely this model of Gemini is to look";
    context.losses.push({ path: `${path}.detail`, isHarmless: true, reason });
  }
  const resolution = detail !== "auto" &&
    canLook && {
      mediaResolution: { level: `MEDIA_RESOLUTION_${detail.toUpperCase()}` },
    };
  return { ...media, ...resolution, ...seal(part.signature) };
}

function renderMedia(
  { source }: ImagePart | FilePart | AudioPart,
  usualType: string,
  path: string,
  { target, losses }: RenderContext,
): JsonObject | undefined {
  if (source.kind === "base64") return { inlineData: { mimeType: source.mediaType, data: source.data } };
  if (source.kind === "file-id" && source.dialect !== "gemini") {
    losses.push({ path, isHarmless: false, reason: "is a file that another vendor keeps" });
    return undefined;
  }
  const fileUri = source.kind === "url" ? source.url : source.id;
  // Vertex AI wants a type with every file.
  const mimeType = source.mediaType ?? typeByEnding(fileUri) ?? (target.isVertex ? usualType : undefined);
  return { fileData: { ...(mimeType !== undefined && { mimeType }), fileUri } };
}

function seal(signature: Signature | undefined): JsonObject {
  const value = sealOf(signature);
  return value === undefined ? {} : { thoughtSignature: value };
}

function sealOf(signature: Signature | undefined): string | undefined {
  return signature?.dialect === "gemini" ? signature.value : undefined;
}

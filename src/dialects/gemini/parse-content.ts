import type {
  AssistantPart,
  AudioPart,
  FilePart,
  ImagePart,
  MediaSource,
  ReasoningPart,
  Signature,
  ToolResultPart,
  UserPart,
} from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { memberStandsAt, standsLike } from "../origins.ts";
import { soundFormat, typeByEnding } from "./media-type.ts";
import {
  type At,
  base64Member,
  booleanMember,
  fieldError,
  member,
  noteUnknown,
  objectMember,
  textMember,
} from "./members.ts";
import { openThought, type SealedThought } from "./signature.ts";

/** Members of a part that are understood; what else there is changes what the model sees. */
const KNOWN = {
  text: "read",
  thought: "read",
  thoughtSignature: "read",
  inlineData: "read",
  fileData: "read",
  functionCall: "read",
  functionResponse: "read",
  mediaResolution: "read",
  partMetadata: "harmless",
} as const;

/** Members that hold what a part is, where it is nothing that another vendor knows. */
const OWN = [
  "executableCode",
  "codeExecutionResult",
  "toolCall",
  "toolResponse",
  "audioTranscription",
] as const;

const DETAILS: Readonly<Record<string, "low" | "high">> = {
  MEDIA_RESOLUTION_LOW: "low",
  MEDIA_RESOLUTION_HIGH: "high",
  MEDIA_RESOLUTION_ULTRA_HIGH: "high",
};

/** A part of a user's turn. Wire format: https://ai.google.dev/api/caching#Part */
export function parseUserPart(part: At<JsonObject>, losses: Loss[]): UserPart {
  if (isOwn(part)) return { type: "vendor", dialect: "gemini", value: part.value };
  noteUnknown(part, KNOWN, losses);
  const media = parseMedia(part, losses);
  if (media !== undefined) return media;
  const text = textMember(part, "text");
  if (text === undefined) throw emptyPart(part);
  return { type: "text", text };
}

/**
 * A part of the model's turn.
 * @param callId id of a call that has none
 */
export function parseModelPart(part: At<JsonObject>, callId: string, losses: Loss[]): AssistantPart {
  // A result in the model's own turn is that of a tool which Google has run itself.
  if (isOwn(part) || member(part, "functionResponse") !== undefined) {
    return { type: "vendor", dialect: "gemini", value: part.value };
  }
  noteUnknown(part, KNOWN, losses);
  const seal = textMember(part, "thoughtSignature");
  const sealed = seal === undefined || seal === "" ? undefined : openThought(seal);
  const signed = sealed === undefined ? {} : { signature: sealed.signature };
  const call = objectMember(part, "functionCall");
  if (call !== undefined) return { ...parseCall(call, callId), ...signed };
  const media = parseMedia(part, losses);
  if (media !== undefined) return modelMedia(media, part, signed);
  const text = textMember(part, "text");
  if (text === undefined && seal === undefined) throw emptyPart(part);
  if (booleanMember(part, "thought") === true) return parseThought(text ?? "", sealed);
  return { type: "text", text: text ?? "", ...signed };
}

/** A part of what a tool has answered besides its words. Wire format: https://ai.google.dev/api/caching#FunctionResponsePart */
export function parseResultPart(part: At<JsonObject>, losses: Loss[]): ToolResultPart {
  const media = parseMedia(part, losses);
  if (media === undefined || media.type === "audio") {
    throw fieldError(part.path, "has to hold a picture or a document as `inlineData` or `fileData`");
  }
  return media;
}

function parseCall(call: At<JsonObject>, madeId: string): AssistantPart {
  const name = textMember(call, "name");
  if (name === undefined || name === "")
    throw fieldError(`${call.path}.name`, "has to be the name of a function");
  const id = textMember(call, "id");
  const args = objectMember(call, "args")?.value ?? {};
  return {
    type: "tool-call",
    id: id === undefined || id === "" ? madeId : id,
    name,
    arguments: JSON.stringify(args),
  };
}

/** Thinking, which other vendors may have signed or sealed. */
function parseThought(text: string, sealed: SealedThought | undefined): ReasoningPart {
  if (sealed === undefined) return { type: "reasoning", text, isSummary: true };
  const { signature, isRedacted, id, isSummary } = sealed;
  const isOwnThought = signature.dialect === "gemini";
  return {
    type: "reasoning",
    text,
    ...((isOwnThought || isSummary === true) && { isSummary: true }),
    ...(id !== undefined && { id }),
    ...(isRedacted ? { redacted: signature } : { signature }),
  };
}

/** Sound of the model's is its own word; documents, which it does not make, are kept for Gemini. */
function modelMedia(
  media: ImagePart | FilePart | AudioPart,
  part: At<JsonObject>,
  signed: { readonly signature?: Signature },
): AssistantPart {
  if (media.type === "image") return standsLike({ ...media, ...signed }, media);
  const { source } = media;
  if (media.type === "audio" && source.kind === "base64") {
    return { type: "spoken", data: source.data, format: soundFormat(source.mediaType) };
  }
  return { type: "vendor", dialect: "gemini", value: part.value };
}

function parseMedia(part: At<JsonObject>, losses: Loss[]): ImagePart | FilePart | AudioPart | undefined {
  const source = parseSource(part);
  if (source === undefined) return undefined;
  const type = source.mediaType ?? (source.kind === "url" ? typeByEnding(source.url) : undefined) ?? "";
  const resolution = objectMember(part, "mediaResolution");
  const level = resolution === undefined ? undefined : textMember(resolution, "level");
  const detail = level !== undefined && Object.hasOwn(DETAILS, level) ? DETAILS[level] : undefined;
  if (type.startsWith("image/")) {
    const image: ImagePart = { type: "image", source, ...(detail !== undefined && { detail }) };
    if (resolution !== undefined) memberStandsAt(image, "detail", resolution.path);
    return image;
  }
  if (resolution !== undefined) {
    losses.push({ path: resolution.path, isHarmless: true, reason: "is known to Gemini only" });
  }
  if (type.startsWith("audio/")) return { type: "audio", source, format: soundFormat(type) };
  const name = textMember(
    objectMember(part, "inlineData") ?? objectMember(part, "fileData") ?? part,
    "displayName",
  );
  return { type: "file", source, ...(name !== undefined && { name }) };
}

function parseSource(part: At<JsonObject>): MediaSource | undefined {
  const inline = objectMember(part, "inlineData");
  if (inline !== undefined) {
    const [mediaType, data] = [textMember(inline, "mimeType"), base64Member(inline, "data")];
    if (mediaType === undefined) throw fieldError(`${inline.path}.mimeType`, "has to be a media type");
    if (data === undefined) throw fieldError(`${inline.path}.data`, "has to be base64");
    return {
      kind: "base64",
      mediaType: mediaType.toLowerCase().startsWith("audio/l16") ? mediaType : mediaType.toLowerCase(),
      data,
    };
  }
  const file = objectMember(part, "fileData");
  if (file === undefined) return undefined;
  const uri = textMember(file, "fileUri");
  if (uri === undefined || uri === "") throw fieldError(`${file.path}.fileUri`, "has to be a URI");
  const mediaType = textMember(file, "mimeType");
  const typed = mediaType !== undefined && { mediaType };
  return isKeptByGoogle(uri)
    ? { kind: "file-id", dialect: "gemini", id: uri, ...typed }
    : { kind: "url", url: uri, ...typed };
}

/** Uploaded files, Cloud Storage and films: nobody else can fetch them. */
function isKeptByGoogle(uri: string): boolean {
  return (
    !/^https?:\/\//i.test(uri) ||
    /^https:\/\/(generativelanguage\.googleapis\.com|(www\.|m\.)?youtube\.com|youtu\.be)\//i.test(uri)
  );
}

function isOwn(part: At<JsonObject>): boolean {
  return OWN.some((name) => member(part, name) !== undefined);
}

function emptyPart({ path }: At<JsonObject>): Error {
  return fieldError(
    path,
    "has to hold `text`, `inlineData`, `fileData`, `functionCall` or `functionResponse`",
  );
}

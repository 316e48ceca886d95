import type { ImageRequest, ImageSize } from "../../canonical/image-generation.ts";
import { fieldError, readFields, type TaskFields } from "../task/fields.ts";
import type { ParsedTask, TaskInput } from "../task/task-dialect.ts";
import { readRatio } from "./aspect-ratio.ts";
import { parseImages, parseMask } from "./parse-images.ts";

/** Members of both APIs. The last three are no words of OpenAI's, but of most others who have its shape. */
const KNOWN = [
  "model",
  "prompt",
  "n",
  "size",
  "quality",
  "style",
  "background",
  "output_format",
  "output_compression",
  "moderation",
  "input_fidelity",
  "response_format",
  "user",
  "stream",
  "partial_images",
  "aspect_ratio",
  "negative_prompt",
  "seed",
];
const KNOWN_TO_EDITS = [...KNOWN, "image", "images", "mask"];

/** Pictures of one request at most. */
const MAX_COUNT = 10;

/**
 * Reads a caller's request for pictures, or for edited ones.
 * Wire formats: https://platform.openai.com/docs/api-reference/images/create,
 * https://platform.openai.com/docs/api-reference/images/createEdit
 */
export function parseRequest(input: TaskInput): ParsedTask<ImageRequest> {
  const fields = readFields(input);
  const isEdit = input.operation === "edit";
  const images = isEdit ? parseImages(fields) : undefined;
  const mask = isEdit ? parseMask(fields) : undefined;
  const size = parseSize(fields);
  const answer = fields.choice("response_format", ["url", "b64_json"]);
  const outputFormat = fields.choice("output_format", ["png", "jpeg", "webp"]);
  const background = fields.choice("background", ["transparent", "opaque", "auto"]);
  const request: ImageRequest = {
    model: fields.required("model"),
    prompt: fields.required("prompt"),
    stream: fields.flag("stream"),
    ...(images !== undefined && { images }),
    ...(mask !== undefined && { mask }),
    ...optional("count", whole(fields, "n", 1, MAX_COUNT)),
    ...optional("size", size),
    ...optional("aspectRatio", size === undefined ? parseRatio(fields) : undefined),
    ...optional("quality", unlessAuto(fields.text("quality"))),
    ...optional("style", fields.text("style")),
    ...(background !== undefined && background !== "auto" && { background }),
    ...(outputFormat !== undefined && { outputFormat }),
    ...optional("outputCompression", whole(fields, "output_compression", 0, 100)),
    ...optional("moderation", unlessAuto(fields.text("moderation"))),
    ...optional("inputFidelity", fields.text("input_fidelity")),
    ...optional("negativePrompt", fields.text("negative_prompt")),
    ...optional("seed", fields.whole("seed")),
    ...(answer !== undefined && { answerAs: answer === "url" ? "url" : "base64" }),
    ...optional("endUser", fields.text("user")),
    ...optional("partialImages", whole(fields, "partial_images", 0, 3)),
  };
  const { extras, losses } = fields.rest(isEdit ? KNOWN_TO_EDITS : KNOWN);
  return { request: { ...request, ...(extras !== undefined && { extras }) }, losses };
}

function optional<K extends string, V>(name: K, value: V | undefined): { readonly [Name in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Name in K]?: V });
}

function unlessAuto(value: string | undefined): string | undefined {
  return value === "auto" ? undefined : value;
}

function whole(fields: TaskFields, name: string, min: number, max: number): number | undefined {
  const value = fields.whole(name);
  if (value === undefined || (value >= min && value <= max)) return value;
  throw fieldError(name, `has to be from ${min} to ${max}`);
}

function parseSize(fields: TaskFields): ImageSize | undefined {
  const text = unlessAuto(fields.text("size"));
  if (text === undefined) return undefined;
  const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(text) ?? [];
  if (width === undefined)
    throw fieldError("size", "has to be `auto` or a width and a height such as `1024x1024`");
  return { width: Number(width), height: Number(height) };
}

function parseRatio(fields: TaskFields): string | undefined {
  const text = unlessAuto(fields.text("aspect_ratio"));
  if (text === undefined || readRatio(text) !== undefined) return text;
  throw fieldError("aspect_ratio", "has to be a ratio such as `16:9`");
}

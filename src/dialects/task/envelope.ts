import { copyBytes } from "../../kernel/bytes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import {
  type JsonName,
  type JsonSpan,
  jsonNames,
  readJsonSpan,
  scanJsonObject,
} from "../../kernel/json-scan.ts";
import { scanError } from "../../kernel/scan-error.ts";
import { isMultipart } from "../multipart/boundary.ts";
import { type MultipartForm, type MultipartPart, parseMultipart, partText } from "../multipart/parse.ts";
import { replacePart } from "../multipart/write.ts";
import type { Rewrite } from "../passthrough.ts";
import { fieldError, readFlag } from "./fields.ts";
import type { TaskEnvelope, TaskInput } from "./task-dialect.ts";

/** Where the model's name stands, so that it can be replaced. */
export type ModelPlace =
  | { readonly kind: "json"; readonly span: JsonSpan }
  | { readonly kind: "form"; readonly form: MultipartForm; readonly part: MultipartPart };

/** An envelope whose model can be replaced. */
export interface ReadTaskEnvelope extends TaskEnvelope {
  readonly place: ModelPlace;
}

/** Members that a shape looks at before it passes a request on; prepared once. */
export interface TaskMembers {
  readonly names: readonly JsonName[];
  /** The member without which there is nothing to do, beside `model`. */
  readonly needed: string;
}

/** Prepares what `readTaskEnvelope` looks for. */
export function taskMembers(needed: string, ...others: readonly string[]): TaskMembers {
  return { needed, names: jsonNames("model", needed, ...others) };
}

/** A request's envelope and its members that were looked for, as JSON values or, in forms, as texts. */
export interface ReadTask {
  readonly envelope: ReadTaskEnvelope;
  readonly value: (name: string) => unknown;
}

/**
 * Reads what routing and pricing need from the bytes of a request. Members that are looked for may occur once only,
 * because two readers of the same bytes could take different ones.
 * @param streamMember name of the member that asks for a stream by being true; empty where none does
 * @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104, LK-2108
 */
export function readTaskEnvelope(input: TaskInput, members: TaskMembers, streamMember = "stream"): ReadTask {
  const found = isMultipart(input.contentType) ? readForm(input, members) : readJson(input, members);
  const model = found.value("model");
  if (found.place === undefined || typeof model !== "string" || model === "")
    throw fieldError("model", "has to be the name of a model, as a string");
  if (!found.hasNeeded) throw fieldError(members.needed, "is missing");
  const isForm = found.place.kind === "form";
  const stream = streamMember !== "" && readFlag(streamMember, found.value(streamMember), isForm);
  return { envelope: { ...input, model, stream, place: found.place }, value: found.value };
}

/** The request's bytes for a target: another model id, all else as it came. */
export function rewriteTask({ body, place }: ReadTaskEnvelope, { modelJson }: Rewrite): Uint8Array {
  if (place.kind === "form") {
    const model: unknown = readJsonSpan(modelJson, { start: 0, end: modelJson.length });
    return replacePart(body, place.form, place.part, new TextEncoder().encode(String(model)));
  }
  const { start, end } = place.span;
  const result = new Uint8Array(start + modelJson.length + body.length - end);
  copyBytes(body, 0, start, result, 0);
  result.set(modelJson, start);
  copyBytes(body, end, body.length, result, start + modelJson.length);
  return result;
}

interface Found {
  readonly place: ModelPlace | undefined;
  readonly hasNeeded: boolean;
  readonly value: (name: string) => unknown;
}

function readJson({ body }: TaskInput, { names, needed }: TaskMembers): Found {
  const scan = scanJsonObject(body, names);
  if (!scan.ok) throw scanError(scan, body);
  const spanOf = (name: string): JsonSpan | undefined =>
    scan.spans[names.findIndex(({ text }) => text === name)];
  const value = (name: string): unknown => {
    const span = spanOf(name);
    return span === undefined ? undefined : (readJsonSpan(body, span) ?? undefined);
  };
  const span = spanOf("model");
  return { place: span && { kind: "json", span }, hasNeeded: spanOf(needed) !== undefined, value };
}

function readForm({ body, contentType }: TaskInput, { names, needed }: TaskMembers): Found {
  const form = parseMultipart(body, contentType);
  const fields = new Map<string, MultipartPart>();
  for (const part of form.parts) {
    // Some readers of forms take `model[]` or `model[0]` for `model`.
    const name = part.name.startsWith("model[") ? "model" : part.name;
    const isFile = part.filename !== undefined;
    if (!names.some(({ text }) => text === name) || (isFile && name === needed)) continue;
    if (fields.has(name) || name !== part.name)
      throw new LatchkeyError("LK-2103", `\`${name}\` occurs twice.`, { param: name });
    if (isFile) throw fieldError(name, "has to be a field, not a file");
    fields.set(name, part);
  }
  const part = fields.get("model");
  return {
    place: part && { kind: "form", form, part },
    hasNeeded: form.parts.some(({ name }) => name === needed || name === `${needed}[]`),
    value: (name) => {
      const found = fields.get(name);
      return found === undefined ? undefined : partText(body, found);
    },
  };
}

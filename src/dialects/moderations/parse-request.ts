import type { ModerationPart, ModerationRequest } from "../../canonical/moderation.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { extraLosses, fieldError, readFields } from "../task/fields.ts";
import type { ParsedTask, TaskInput } from "../task/task-dialect.ts";

const KNOWN = ["model", "input"];

/**
 * Reads a caller's request to judge: one text, a list of texts, each with a result of its own, or a list of texts and
 * pictures that are judged together. Wire format: https://platform.openai.com/docs/api-reference/moderations/create
 */
export function parseRequest(input: TaskInput): ParsedTask<ModerationRequest> {
  const fields = readFields(input);
  const model = fields.required("model");
  const inputs = parseInputs(fields.value("input"));
  return { request: { model, inputs }, losses: extraLosses(fields.rest(KNOWN).extras) };
}

function parseInputs(value: unknown): ModerationRequest["inputs"] {
  if (typeof value === "string") return [[{ type: "text", text: value }]];
  if (!Array.isArray(value) || value.length === 0)
    throw fieldError("input", "has to be a text, a list of texts, or a list of texts and pictures");
  const list: readonly unknown[] = value;
  if (typeof list[0] !== "string") return [list.map(parsePart)];
  return list.map((text, index) => {
    if (typeof text !== "string") throw fieldError(`input[${index}]`, "has to be a text like the first one");
    return [{ type: "text", text }];
  });
}

function parsePart(value: unknown, index: number): ModerationPart {
  const path = `input[${index}]`;
  if (!isJsonObject(value)) throw fieldError(path, "has to be an object with a `type`");
  const { type, text, image_url: image } = value;
  if (type === "text") {
    if (typeof text !== "string") throw fieldError(`${path}.text`, "has to be a text");
    return { type: "text", text };
  }
  if (type !== "image_url") throw fieldError(`${path}.type`, "has to be `text` or `image_url`");
  const url = isJsonObject(image) ? image["url"] : undefined;
  if (typeof url !== "string" || url === "") throw fieldError(`${path}.image_url.url`, "has to be a URL");
  return { type: "image", url };
}

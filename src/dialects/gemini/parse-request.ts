import type { ChatRequest, SafetySetting } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Message } from "../../canonical/message.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { IngressRequest, ParsedRequest } from "../dialect.ts";
import { standsAt } from "../origins.ts";
import {
  type At,
  asObject,
  booleanMember,
  fieldError,
  listMember,
  member,
  noteUnknown,
  objectMember,
  textMember,
} from "./members.ts";
import { parseGenerationConfig } from "./parse-generation-config.ts";
import { parseContents, parseInstruction } from "./parse-messages.ts";
import { parseTools } from "./parse-tools.ts";

/** `model` stands in the path; some clients repeat it in the body. */
const KNOWN = {
  model: "read",
  contents: "read",
  systemInstruction: "read",
  tools: "read",
  toolConfig: "read",
  generationConfig: "read",
  safetySettings: "read",
  labels: "read",
  serviceTier: "read",
  store: "read",
} as const;

/**
 * A request for `generateContent` or `streamGenerateContent`, which look the same: the path says which.
 * Wire format: https://ai.google.dev/api/generate-content#request-body
 * @throws LatchkeyError LK-2102
 */
export function parseRequest(input: IngressRequest): ParsedRequest {
  return parseRequestAt({ value: input.body, path: "" }, input);
}

/** The same for a request that stands inside another body. */
export function parseRequestAt(
  body: At<JsonObject>,
  { model, stream = false }: Pick<IngressRequest, "model" | "stream">,
): ParsedRequest {
  if (model === undefined || model === "")
    throw fieldError("model", "has to be the name of a model, in the path");
  try {
    return parse(body, model, stream);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw fieldError("contents", "is nested too deeply");
    throw thrown;
  }
}

function parse(body: At<JsonObject>, model: string, stream: boolean): ParsedRequest {
  const losses: Loss[] = [];
  noteUnknown(body, KNOWN, losses);
  const config = objectMember(body, "generationConfig");
  const labels = objectMember(body, "labels");
  const serviceTier = textMember(body, "serviceTier");
  const store = booleanMember(body, "store");
  const safety = listMember(body, "safetySettings")?.map((setting) => parseSafety(asObject(setting)));
  const request: ChatRequest = {
    model,
    messages: parseMessages(body, losses),
    ...parseTools(body, losses),
    ...(config !== undefined && parseGenerationConfig(config, losses)),
    ...(safety !== undefined && { safety }),
    ...(labels !== undefined && { metadata: parseLabels(labels) }),
    ...(serviceTier !== undefined && serviceTier !== "unspecified" && { serviceTier }),
    ...(store !== undefined && { store }),
    stream,
  };
  return { request, losses };
}

function parseMessages(body: At<JsonObject>, losses: Loss[]): readonly Message[] {
  const contents = member(body, "contents");
  if (contents === undefined) {
    throw fieldError(body.path === "" ? "contents" : `${body.path}.contents`, "has to be a list of contents");
  }
  const turns: readonly At<Json>[] = Array.isArray(contents.value)
    ? (listMember(body, "contents") ?? [])
    : [asObject(contents)];
  const instruction = member(body, "systemInstruction");
  const system = instruction === undefined ? [] : parseInstruction(instruction);
  const messages = parseContents(turns, losses);
  if (instruction === undefined || system.length === 0) return messages;
  return [standsAt({ role: "system", content: system }, instruction.path), ...messages];
}

/** Wire format: https://ai.google.dev/api/generate-content#SafetySetting */
function parseSafety(setting: At<JsonObject>): SafetySetting {
  const [category, threshold] = [textMember(setting, "category"), textMember(setting, "threshold")];
  if (category === undefined) throw fieldError(`${setting.path}.category`, "has to be a category of harm");
  if (threshold === undefined) throw fieldError(`${setting.path}.threshold`, "has to be a threshold");
  const method = textMember(setting, "method");
  return { category, threshold, ...(method !== undefined && { method }) };
}

function parseLabels({ value, path }: At<JsonObject>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value).map(([name, label]) => {
      if (typeof label !== "string") throw fieldError(`${path}.${name}`, "has to be a string");
      return [name, label];
    }),
  );
}

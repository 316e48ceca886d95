import type { SpeechRequest } from "../../canonical/speech.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { fieldError, readFields, type TaskFields } from "../task/fields.ts";
import type { ParsedTask, TaskInput } from "../task/task-dialect.ts";
import { speechFormats } from "./formats.ts";

const KNOWN = ["model", "input", "voice", "instructions", "response_format", "speed", "stream_format"];

/** Reads a caller's request to speak. Wire format: https://platform.openai.com/docs/api-reference/audio/createSpeech */
export function parseRequest(input: TaskInput): ParsedTask<SpeechRequest> {
  const fields = readFields(input);
  const instructions = fields.text("instructions");
  const format = fields.choice("response_format", speechFormats);
  const speed = fields.number("speed");
  if (speed !== undefined && (speed < 0.25 || speed > 4))
    throw fieldError("speed", "has to be from 0.25 to 4");
  const request: SpeechRequest = {
    model: fields.required("model"),
    input: fields.required("input"),
    ...parseVoice(fields),
    asEvents: fields.choice("stream_format", ["sse", "audio"]) === "sse",
    ...(instructions !== undefined && { instructions }),
    ...(format !== undefined && { format }),
    ...(speed !== undefined && { speed }),
  };
  const { extras, losses } = fields.rest(KNOWN);
  return { request: { ...request, ...(extras !== undefined && { extras }) }, losses };
}

/** A voice is named, or is an object with the id of one of the account's own. */
function parseVoice(fields: TaskFields): Pick<SpeechRequest, "voice" | "isCustomVoice"> {
  const value = fields.value("voice");
  if (typeof value === "string" && value !== "") return { voice: value };
  const id = isJsonObject(value) ? value["id"] : undefined;
  if (typeof id === "string" && id !== "") return { voice: id, isCustomVoice: true };
  throw fieldError("voice", "has to be the name of a voice, or an object with its `id`");
}

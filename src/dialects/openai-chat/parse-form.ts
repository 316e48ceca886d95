import type { ChatRequest, ResponseFormat, SpeechOptions } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import {
  fieldError,
  listAt,
  objectAt,
  optionalFlag,
  optionalObject,
  optionalText,
  optionalWord,
} from "./fields.ts";

/** `response_format`. @throws LatchkeyError LK-2102. */
export function parseFormat(value: unknown, path: string): ResponseFormat {
  const format = objectAt(value, path);
  const type = optionalWord(format["type"], ["text", "json_object", "json_schema"], `${path}.type`);
  if (type === undefined) throw fieldError(`${path}.type`, "has to say which form");
  if (type !== "json_schema") return { type: type === "text" ? "text" : "json" };
  const at = `${path}.json_schema`;
  const wanted = objectAt(format["json_schema"], at);
  const name = optionalText(wanted["name"], `${at}.name`);
  const description = optionalText(wanted["description"], `${at}.description`);
  const strict = optionalFlag(wanted["strict"], `${at}.strict`);
  return {
    type: "json-schema",
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    schema: optionalObject(wanted["schema"], `${at}.schema`) ?? {},
    ...(strict !== undefined && { strict }),
  };
}

/** `modalities`. @throws LatchkeyError LK-2102. */
export function parseModalities(value: unknown, path: string): ChatRequest["modalities"] & {} {
  return listAt(value, path).map((one, index) => {
    const at = `${path}[${index}]`;
    const modality = optionalWord(one, ["text", "audio", "image"], at);
    if (modality === undefined) throw fieldError(at, "has to be a modality");
    return modality;
  });
}

/** `audio`. @throws LatchkeyError LK-2102. */
export function parseSpeech(value: unknown, losses: Loss[]): SpeechOptions {
  const audio = objectAt(value, "audio");
  const isOwn = typeof audio["voice"] === "object" && audio["voice"] !== null;
  if (isOwn)
    losses.push({ path: "audio.voice", isHarmless: false, reason: "is a voice that only its owner has" });
  const voice = isOwn ? undefined : optionalText(audio["voice"], "audio.voice");
  const format = optionalText(audio["format"], "audio.format");
  return { ...(voice !== undefined && { voice }), ...(format !== undefined && { format }) };
}

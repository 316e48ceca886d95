import { indexOfText } from "../../kernel/bytes.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { tryParseExactJson } from "../../kernel/json-exact.ts";
import { readContent } from "./read-message.ts";
import { needsDetail, renderDetail } from "./reasoning-details.ts";

/** A list as an answer's content; inside texts its quotes are escaped. */
const PARTS = /"content"\s*:\s*\[/;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Whether a text (one character for each byte will do) may hold content that is a list of parts. */
export function mayHaveParts(text: string): boolean {
  return PARTS.test(text);
}

/**
 * A whole answer whose content is a list of thinking and text, as Chat Completions have it: a text, with the thinking
 * beside it. `undefined` where no content is such a list: then the bytes pass.
 * Wire format: https://docs.mistral.ai/capabilities/reasoning
 */
export function withTextContent(body: Uint8Array): Uint8Array | undefined {
  if (indexOfText(body, '"content":[') < 0 && indexOfText(body, '"content": [') < 0) return undefined;
  const text = textContentOf(decoder.decode(body), "message");
  return text === undefined ? undefined : encoder.encode(text);
}

/** The same for lines of a stream; all others stay as they are. */
export function linesWithTextContent(lines: Uint8Array): Uint8Array {
  const told = decoder
    .decode(lines)
    .split("\n")
    .map((line) => {
      const data = /^(data:\s*)(.*?)(\r?)$/.exec(line);
      if (data === null || !mayHaveParts(line)) return line;
      const text = textContentOf(data[2] ?? "", "delta");
      return text === undefined ? line : `${data[1]}${text}${data[3]}`;
    });
  return encoder.encode(told.join("\n"));
}

function textContentOf(text: string, member: "message" | "delta"): string | undefined {
  const answer = tryParseExactJson(text);
  if (!isJsonObject(answer) || !Array.isArray(answer["choices"])) return undefined;
  let isChanged = false;
  const choices = answer["choices"].map((choice: unknown) => {
    const message = isJsonObject(choice) ? choice[member] : undefined;
    if (!isJsonObject(choice) || !isJsonObject(message) || !Array.isArray(message["content"])) return choice;
    isChanged = true;
    return { ...choice, [member]: withText(message as JsonObject, member === "delta") };
  });
  return isChanged ? JSON.stringify({ ...answer, choices }) : undefined;
}

/** Content of a message or a piece of one as a text, and its thinking as other vendors tell theirs. */
function withText(message: JsonObject, isPiece: boolean): JsonObject {
  const { thoughts, texts } = readContent(message["content"], false);
  const thought = thoughts.map(({ text }) => text).join("");
  const told: Record<string, Json | undefined> = { ...message, content: texts.join("") };
  if (isPiece && texts.length === 0) delete told["content"];
  if (thought !== "") told["reasoning_content"] = thought;
  if (thoughts.some(needsDetail)) told["reasoning_details"] = thoughts.map(renderDetail);
  return told as JsonObject;
}

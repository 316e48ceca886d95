import { tryParseJson } from "../kernel/json.ts";

const decoder = new TextDecoder();

/**
 * Whether the last bytes of an event stream, after its last line or empty line, are an event that lacks no more than
 * its line's end: its data are JSON or the end marker. Half an event is not to be passed on: what follows it would
 * become a part of it, and clients fail at its data.
 */
export function isWholeTail(tail: Uint8Array): boolean {
  const lines = decoder.decode(tail).split(/\r\n|\n|\r/);
  const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
  const text = data.join("\n");
  return text === "[DONE]" || tryParseJson(text) !== undefined;
}

import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { maxStreamLineBytes } from "./stream-tap.ts";
import { readChatUsage } from "./usage.ts";

/** Reads the text of a Chat Completions stream's first choice as it comes. */
export class ChatTextReader {
  text = "";
  usage: Usage | undefined;
  finishReason: string | null = null;
  refusal: string | null = null;
  done = false;
  upstreamError: string | undefined;
  /** Whether some line has grown too long to be one. */
  overlong = false;

  readonly #decoder = new TextDecoder();
  #rest = "";

  /** Takes a piece; answers the new text in it. */
  feed(chunk: Uint8Array): string {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > maxStreamLineBytes) this.overlong = true;
    let added = "";
    for (const line of lines) added += this.#line(line.trim());
    return added;
  }

  /** Whether the stream came to its end. */
  get complete(): boolean {
    return this.upstreamError === undefined && (this.done || this.finishReason !== null);
  }

  #line(line: string): string {
    if (!line.startsWith("data:")) return "";
    const data = line.slice(5).trim();
    if (data === "[DONE]") this.done = true;
    const event = tryParseJson(data);
    if (!isJsonObject(event)) return "";
    const { error, choices } = event;
    if (error !== undefined && error !== null) {
      const message = isJsonObject(error) ? error["message"] : error;
      this.upstreamError = typeof message === "string" ? message : "unknown error";
    }
    this.usage = readChatUsage(event["usage"]) ?? this.usage;
    const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
    return isJsonObject(choice) ? this.#choice(choice) : "";
  }

  #choice(choice: Readonly<Record<string, unknown>>): string {
    const { delta, finish_reason } = choice;
    if (typeof finish_reason === "string") this.finishReason = finish_reason;
    if (!isJsonObject(delta)) return "";
    if (typeof delta["refusal"] === "string") this.refusal = (this.refusal ?? "") + delta["refusal"];
    const added = typeof delta["content"] === "string" ? delta["content"] : "";
    this.text += added;
    return added;
  }
}

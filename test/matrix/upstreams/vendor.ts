import type { ChatDialectName } from "../../../src/canonical/content.ts";

/** A vendor's request as it arrived. */
export interface VendorCall {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A tool's result that came back, with the words that tie it to its call. */
export interface ToolResult {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly text: string;
}

/** What a request asks for, as a vendor understands it. */
export interface Asked {
  readonly stream: boolean;
  /** What the user says last. */
  readonly text: string;
  /** Names of the tools. */
  readonly tools: readonly string[];
  /** The tool that has to be used, where one has to be. */
  readonly forced: string | undefined;
  /** Results that the conversation ends with. */
  readonly results: readonly ToolResult[];
  /** Whether an answer in a JSON schema is wanted. */
  readonly structured: boolean;
  /** Pictures in the user's last turn. */
  readonly pictures: readonly { readonly mediaType: string | undefined; readonly base64: string }[];
  /** Whether the model is to think and show it. */
  readonly thinks: boolean;
  /** Texts at which the answer is to end. */
  readonly stop: readonly string[];
  /** Whether a call has to be written as a text that holds its arguments alone. */
  readonly writesCalls?: boolean;
}

/** A piece of an answer. */
export type Said =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thought"; readonly text: string }
  | {
      readonly type: "call";
      readonly name: string;
      readonly arguments: Readonly<Record<string, unknown>>;
    };

/** A vendor that stands in for the real one. Its words are its dialect's; what it says is `sayTo`'s. */
export interface Vendor {
  readonly dialect: ChatDialectName;
  /** The only model that it has. */
  readonly model: string;
  /** Path of its base URL. */
  readonly basePath: string;
  /** Headers of which one has to hold the credential behind a word that has to stand there; the usual one first. */
  readonly credentials: readonly { readonly header: string; readonly prefix: string }[];
  /** Headers besides that every request has to have. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly streamType: string;
  /** @throws Error with what the real one would complain about. */
  readonly read: (call: VendorCall) => Asked;
  readonly whole: (said: readonly Said[]) => object;
  /** Pieces of a stream; the first holds all of the first word of the answer. */
  readonly stream: (said: readonly Said[]) => readonly (string | Uint8Array)[];
  readonly error: (status: 400 | 429, message: string) => object;
}

/** Tokens of every answer: those that were asked, those of them that were cached, those that were written. */
export const tokens = { input: 20, cached: 8, output: 10 };

/** @throws Error with the words where the condition does not hold. */
export function demand(condition: boolean, words: string): asserts condition {
  if (!condition) throw new Error(words);
}

/** A text in two pieces, as streams have it. */
export function inTwo(text: string): readonly [string, string] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

/** Media type and data of a data URL. @throws Error for any other. */
export function readDataUrl(url: string): Asked["pictures"][number] {
  const found = /^data:([^;,]+);base64,(.*)$/.exec(url);
  demand(found !== null, `not a data URL: ${url.slice(0, 40)}`);
  return { mediaType: found[1], base64: found[2] ?? "" };
}

/** A server-sent event. */
export function event(data: object | string, name?: string): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${name === undefined ? "" : `event: ${name}\n`}data: ${text}\n\n`;
}

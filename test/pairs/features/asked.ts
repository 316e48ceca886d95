import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/kernel/json.ts";

/** How callers of one dialect ask for something. */
export interface Asked {
  /** The member or the block by which they ask. */
  readonly as: string;
  /** What a plain request has beside its question. */
  readonly body: JsonObject;
  /** What it is compared with: the same without it. */
  readonly base?: JsonObject;
}

/** Something that callers can ask for. */
export interface AskedFeature {
  readonly name: string;
  /** By the caller's dialect; those that are not here have no words for it. */
  readonly asked: Readonly<Partial<Record<CallerDialectName, Asked>>>;
  /** Text of a vendor's request that says it in the vendor's own words; what says it otherwise is emulated. */
  readonly native: RegExp;
  /** Vendors that do so anyway, unasked. */
  readonly isDefault?: readonly string[];
}

/** Features that belong together. */
export interface FeatureGroup<Feature> {
  readonly title: string;
  readonly features: readonly Feature[];
}

/** The question that every request asks. */
const PLAIN: Readonly<Record<CallerDialectName, JsonObject>> = {
  "openai-chat": { model: "fast", messages: [{ role: "user", content: "Hi" }] },
  "openai-responses": { model: "fast", input: [{ role: "user", content: "Hi" }] },
  "anthropic-messages": { model: "fast", max_tokens: 9_000, messages: [{ role: "user", content: "Hi" }] },
  gemini: { contents: [{ role: "user", parts: [{ text: "Hi" }] }] },
};

/** A plain request of a caller with these members. */
export function requestOf(caller: CallerDialectName, more: JsonObject = {}): JsonObject {
  return merged(PLAIN[caller], more);
}

/** Members of both; objects are merged, all else is the latter's. */
export function merged(one: JsonObject, other: JsonObject): JsonObject {
  const result: Record<string, Json | undefined> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = result[name];
    result[name] = isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value;
  }
  return result as JsonObject;
}

/** A member that is asked for by its path, such as `generationConfig.seed`. */
export function member(path: string, value: Json, base?: JsonObject): Asked {
  const [last = "", ...above] = path.split(".").reverse();
  const body = above.reduce<JsonObject>((inner, name) => ({ [name]: inner }), { [last]: value });
  return { as: path, ...(base === undefined ? { body } : { body: merged(base, body), base }) };
}

const TURNS: Readonly<Record<CallerDialectName, readonly [list: string, content: string]>> = {
  "openai-chat": ["messages", "content"],
  "openai-responses": ["input", "content"],
  "anthropic-messages": ["messages", "content"],
  gemini: ["contents", "parts"],
};

/** A part of the user's message, before a text. */
export function part(caller: CallerDialectName, as: string, value: JsonObject): Asked {
  const [list, content] = TURNS[caller];
  const type = caller === "openai-responses" ? { type: "input_text" } : { type: "text" };
  const text = caller === "gemini" ? { text: "Hi" } : { ...type, text: "Hi" };
  return {
    as,
    body: { [list]: [{ role: "user", [content]: [value, text] }] },
    base: { [list]: [{ role: "user", [content]: [text] }] },
  };
}

/** Turns of the conversation, compared with others. */
export function turns(
  caller: CallerDialectName,
  as: string,
  list: readonly JsonObject[],
  base?: readonly JsonObject[],
): Asked {
  const [name] = TURNS[caller];
  return { as, body: { [name]: list }, ...(base !== undefined && { base: { [name]: base } }) };
}

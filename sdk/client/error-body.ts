import { isRecord } from "./json.ts";

/** The error of an answer's body or of an event, in the gateway's (OpenAI's) shape. */
export interface ErrorBody {
  readonly message: string | undefined;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly code: string | undefined;
}

/**
 * The `error` object of `{"error": {…}}`, undefined where a value has none. Texts of the outside are cleaned
 * of the key, lest a server that echoes it puts it into logs.
 */
export function readErrorBody(value: unknown, key: string): ErrorBody | undefined {
  if (!isRecord(value) || !isRecord(value["error"])) return undefined;
  const error = value["error"];
  const text = (field: string): string | undefined => {
    const found = error[field];
    return typeof found === "string" ? withoutKey(found, key) : undefined;
  };
  return { message: text("message"), type: text("type"), param: text("param"), code: text("code") };
}

/** A text of the outside with the key struck out. */
export function withoutKey(text: string, key: string): string {
  return text.replaceAll(key, "[key]");
}

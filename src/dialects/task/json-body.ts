import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import type { TaskBody } from "./task-dialect.ts";

const encoder = new TextEncoder();

/** A JSON body. Members that are `undefined` are left out. */
export function jsonBody(value: JsonObject): TaskBody {
  return { body: encoder.encode(JSON.stringify(value)), contentType: "application/json" };
}

/** A body as the JSON object that it is; `undefined` where it is none. */
export function readJsonBody({ body }: TaskBody): JsonObject | undefined {
  const value = tryParseJson(new TextDecoder().decode(body));
  return isJsonObject(value) ? (value as JsonObject) : undefined;
}

/** The objects of a list; what else is in it is left out. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value.filter(isJsonObject) as readonly JsonObject[]) : [];
}

/** An event of a stream in OpenAI's manner: the type stands as the event's name and inside its data. */
export function typedEvent(value: JsonObject & { readonly type: string }): string {
  return `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
}

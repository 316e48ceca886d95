import type { ResponseFormat } from "../../canonical/chat-request.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/** A request for structured output, and how to read what comes back. */
export interface OutputFormat {
  readonly format: ResponseFormat;
  /** Whether the answer is inside an object's `value`, because the schema's own root is no object. */
  readonly wrapped: boolean;
}

/**
 * What is asked of models for an answer that matches a JSON Schema. Vendors want an object at the root, so any other
 * schema is put into one as `value`; `strict` is asked for where the schema meets the rules for it: every object closed
 * and all of its properties required. Source: https://platform.openai.com/docs/guides/structured-outputs
 */
export function outputFormat(name: string, schema: Readonly<Record<string, unknown>>): OutputFormat {
  const { $schema: _, ...plain } = schema;
  const wrapped = plain["type"] !== "object";
  const root = wrapped ? wrap(plain) : plain;
  return {
    wrapped,
    format: {
      type: "json-schema",
      name: name.replace(/[^a-zA-Z0-9_-]/g, "_").slice(0, 64),
      schema: root as JsonObject,
      strict: isStrict(root),
    },
  };
}

/** `$defs` stay at the root, where the references inside the schema look for them. */
function wrap(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { $defs, ...value } = schema;
  const root = { type: "object", properties: { value }, required: ["value"], additionalProperties: false };
  return $defs === undefined ? root : { ...root, $defs };
}

function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isJsonObject(schema)) return true;
  if (schema["type"] === "object") {
    const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
    const names = isJsonObject(schema["properties"]) ? Object.keys(schema["properties"]) : [];
    if (schema["additionalProperties"] !== false || !names.every((name) => required.includes(name)))
      return false;
  }
  return Object.values(schema).every(isStrict);
}

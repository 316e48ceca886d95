import type { JsonObject } from "../../kernel/json.ts";
import { given, readObject, readString } from "./fields.ts";
import { wrongValue } from "./refusal.ts";

/** Shape of the answer's text that the caller asks for. */
export type DemoResponseFormat =
  | { readonly type: "text" }
  | { readonly type: "json_object" }
  | { readonly type: "json_schema"; readonly schema: unknown };

/** Where the schema stands in the request. */
export const SCHEMA_PARAM = "response_format.json_schema.schema";

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * Reads `response_format`. @throws DemoRefusal naming the field at fault.
 * Wire format: https://platform.openai.com/docs/guides/structured-outputs
 */
export function readResponseFormat(fields: JsonObject): DemoResponseFormat {
  if (!given(fields, "response_format")) return { type: "text" };
  const format = readObject(fields["response_format"], "response_format");
  const type = readString(format["type"], "response_format.type");
  if (type === "text" || type === "json_object") return { type };
  if (type !== "json_schema") {
    throw wrongValue("response_format.type", "has to be one of text, json_object, json_schema");
  }
  const named = readObject(format["json_schema"], "response_format.json_schema");
  const name = readString(named["name"], "response_format.json_schema.name");
  if (!NAME.test(name)) {
    throw wrongValue("response_format.json_schema.name", "has to be 1 to 64 letters, digits, _ or -");
  }
  const schema = given(named, "schema") ? readObject(named["schema"], SCHEMA_PARAM) : {};
  return { type: "json_schema", schema };
}

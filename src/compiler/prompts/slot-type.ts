import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";

/** What a JSON schema says of the value behind a slot. */
export interface SlotType {
  /** Undefined where the schema does not say. */
  readonly schema: JsonObject | undefined;
  /** Whether a field on the way may be left out. */
  readonly absent: boolean;
  /** Whether a value on the way may be null. */
  readonly nullable: boolean;
}

/** References inside each other at most: a schema that refers to itself alone has no value. */
const MAX_HOPS = 16;

/** Follows a path of fields from a value's type. */
export function typeAt(from: SlotType, path: readonly string[], root: JsonObject): SlotType {
  let here = plain(from, root);
  for (const field of path) {
    const { schema } = here;
    const properties = schema?.["properties"];
    const found =
      isJsonObject(properties) && Object.hasOwn(properties, field) ? properties[field] : undefined;
    const others = schema?.["additionalProperties"];
    const next = isJsonObject(found) ? found : isJsonObject(others) ? others : undefined;
    const isRequired = list(schema?.["required"]).includes(field);
    here = plain(
      { ...here, schema: next, absent: here.absent || (schema !== undefined && !isRequired) },
      root,
    );
  }
  return here;
}

/** Type of a list's items; undefined where the value is no list. */
export function itemType(from: SlotType, root: JsonObject): SlotType | undefined {
  const { schema } = plain(from, root);
  if (schema === undefined) return from;
  const unknown = { schema: undefined, absent: false, nullable: false };
  if (!typesOf(schema).includes("array")) return useOf(from) === "unknown" ? unknown : undefined;
  const items = schema["items"];
  return plain({ schema: isJsonObject(items) ? items : undefined, absent: false, nullable: false }, root);
}

/** What a value may be used as. */
export function useOf({ schema }: SlotType): "text" | "structure" | "unknown" {
  if (schema === undefined) return "unknown";
  const alternatives = list(schema["anyOf"] ?? schema["oneOf"]).filter(isJsonObject);
  if (alternatives.length > 0) {
    const uses = alternatives.map((alternative) =>
      useOf({ schema: alternative, absent: false, nullable: false }),
    );
    if (uses.includes("structure")) return "structure";
    return uses.every((use) => use === "text") ? "text" : "unknown";
  }
  const types = typesOf(schema);
  if (types.includes("object") || types.includes("array")) return "structure";
  const isListed = schema["const"] !== undefined || schema["enum"] !== undefined;
  return isListed || types[0] !== undefined ? "text" : "unknown";
}

/** Whether a text's schema leaves room for sentences. */
export function isFreeText({ schema }: SlotType): boolean {
  if (schema === undefined || !typesOf(schema).includes("string")) return false;
  if (schema["enum"] !== undefined || schema["const"] !== undefined) return false;
  if (schema["pattern"] !== undefined || schema["format"] !== undefined) return false;
  const most = schema["maxLength"];
  return typeof most !== "number" || most > 64;
}

/** Without references, and without null among the alternatives. */
function plain(type: SlotType, root: JsonObject): SlotType {
  let { schema, nullable } = type;
  for (let hops = 0; schema !== undefined && hops < MAX_HOPS; hops++) {
    const reference = schema["$ref"];
    if (typeof reference === "string") schema = referred(reference, root);
    const types = list(schema?.["type"]);
    if (schema !== undefined && types.includes("null")) {
      nullable = true;
      schema = { ...schema, type: types.filter((name) => name !== "null") };
    }
    const alternatives: readonly Json[] = list(schema?.["anyOf"]);
    const real = alternatives.filter((item) => !(isJsonObject(item) && item["type"] === "null"));
    if (real.length === alternatives.length) break;
    nullable = true;
    const [only] = real;
    schema = real.length === 1 && isJsonObject(only) ? only : { anyOf: real };
    if (real.length !== 1) break;
  }
  return { ...type, schema, nullable };
}

function referred(reference: string, root: JsonObject): JsonObject | undefined {
  let here: Json | undefined = root;
  for (const step of reference.split("/").slice(1)) {
    const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    here = isJsonObject(here) ? here[name] : undefined;
  }
  return isJsonObject(here) ? here : undefined;
}

function typesOf({ type }: JsonObject): readonly (Json | undefined)[] {
  return Array.isArray(type) ? type : [type];
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

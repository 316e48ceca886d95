import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";
import { checkValue } from "./check-value.ts";
import { dependentNames } from "./dependent-names.ts";
import { inventName } from "./invent-name.ts";
import { makeValue } from "./make-value.ts";
import { isThrifty, type Making } from "./making.ts";
import { propertySchemas } from "./property-schemas.ts";
import {
  type Keywords,
  type LocatedSchema,
  numberAt,
  SchemaError,
  schemaAt,
  schemaMapAt,
  stringsAt,
} from "./schema.ts";

/** Properties that a schema may ask for. */
const MAX_PROPERTIES = 2_000;
/** Invented names that may turn out to be of no use. */
const MAX_REFUSALS = 20;

/**
 * An object that holds in all parts, with all its optional properties but in recursive schemas.
 * @throws SchemaError.
 */
export function makeObject(parts: readonly Keywords[], making: Making): JsonObject {
  const members = new Map<string, Json>();
  const thrifty = isThrifty(making);
  const declared = [...new Set(parts.flatMap((part) => [...schemaMapAt(part, "properties").keys()]))];
  const required = requiredNames(parts, thrifty ? [] : declared);
  const most = Math.min(...parts.map((part) => numberAt(part, "maxProperties") ?? Number.POSITIVE_INFINITY));
  const least = leastProperties(parts);
  const wanted = thrifty ? least : Math.max(least, declared.length === 0 && isRecord(parts) ? 1 : 0);

  let room = most - required.size;
  for (const name of new Set([...declared, ...required])) {
    if (required.has(name)) members.set(name, makeRequired(name, parts, making));
    else if (room > 0 && (!thrifty || members.size < least)) {
      if (tryProperty(name, parts, making, members)) room--;
    }
  }
  for (let turn = 0; members.size < wanted && turn < MAX_PROPERTIES * 2; turn++) {
    const name = inventName(parts, turn, making);
    if (name === undefined || members.has(name)) continue;
    if (!tryProperty(name, parts, making, members) && turn > wanted + MAX_REFUSALS) break;
  }
  return Object.fromEntries(members);
}

function makeRequired(name: string, parts: readonly Keywords[], making: Making): Json {
  for (const part of parts) {
    const forbidden = propertySchemas(part, name, making.document).find(({ schema }) => schema === false);
    if (forbidden === undefined) continue;
    throw new SchemaError(forbidden.path, `\`${name}\` is required, but not allowed`);
  }
  return makeProperty(name, parts, making);
}

function makeProperty(name: string, parts: readonly Keywords[], making: Making): Json {
  const schemas = parts.flatMap((part) => propertySchemas(part, name, making.document));
  const rest = schemas.length > 0 ? [] : unevaluated(parts);
  return makeValue([...schemas, ...rest], { ...making, depth: making.depth + 1 });
}

/** Makes a property that need not be there; `false` where it cannot be made and is left out. */
function tryProperty(
  name: string,
  parts: readonly Keywords[],
  making: Making,
  members: Map<string, Json>,
): boolean {
  try {
    if (!parts.every((part) => allowsName(part, name, making))) return false;
    if (parts.some((part) => dependentNames(part, [name]).some((other) => !members.has(other)))) return false;
    members.set(name, makeProperty(name, parts, making));
    return true;
  } catch (error) {
    if (!(error instanceof SchemaError) || error.final) throw error;
    return false;
  }
}

function allowsName(part: Keywords, name: string, { document }: Making): boolean {
  const naming = schemaAt(part, "propertyNames");
  return naming === undefined || checkValue(name, naming, document) === undefined;
}

/** Names that have to be given, and those that they or the optional ones bring with them. */
function requiredNames(parts: readonly Keywords[], optional: readonly string[]): ReadonlySet<string> {
  const required = new Set(parts.flatMap((part) => stringsAt(part, "required") ?? []));
  const bringing = new Set([...required, ...optional]);
  // The loop also visits what it adds.
  for (const name of bringing) {
    for (const part of parts) {
      for (const brought of dependentNames(part, [name])) {
        required.add(brought);
        bringing.add(brought);
      }
    }
  }
  return required;
}

function leastProperties(parts: readonly Keywords[]): number {
  for (const part of parts) {
    if ((numberAt(part, "minProperties") ?? 0) <= MAX_PROPERTIES) continue;
    const reason = `the demo provider makes at most ${MAX_PROPERTIES} properties`;
    throw new SchemaError(`${part.path}.minProperties`, reason, true);
  }
  return Math.max(0, ...parts.map((part) => numberAt(part, "minProperties") ?? 0));
}

/** Whether an object is a map: its properties have a schema but no names. */
function isRecord(parts: readonly Keywords[]): boolean {
  return parts.some(
    (part) =>
      isJsonObject(part.schema["additionalProperties"]) || schemaMapAt(part, "patternProperties").size > 0,
  );
}

/** What is asked of properties that no other keyword speaks of. */
function unevaluated(parts: readonly Keywords[]): readonly LocatedSchema[] {
  return parts.flatMap((part) => schemaAt(part, "unevaluatedProperties") ?? []);
}

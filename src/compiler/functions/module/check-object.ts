import { type Check, type CheckedSchema, isObject } from "./check.ts";

/** Parts of an object's schema, with the checks of its fields. */
export interface ObjectChecks {
  readonly schema: CheckedSchema;
  readonly properties: ReadonlyMap<string, Check>;
  readonly defaults: ReadonlyMap<string, unknown>;
  /** Check of fields that `properties` does not name; null: there must be none, undefined: anything goes. */
  readonly others: Check | null | undefined;
  readonly names: Check | undefined;
  /** Whether unknown fields are dropped. */
  readonly isStripped: boolean;
  /** Whether the object is only tried, and must stay as it is. */
  readonly isTrial: boolean;
}

/** Checks an object. Only its own fields count, so that no name means something that every object has. */
export function checkObject(checks: ObjectChecks): Check {
  const { properties, defaults, others, names, isStripped, isTrial } = checks;
  const required = new Set(Array.isArray(checks.schema["required"]) ? checks.schema["required"] : []);
  return (value, found) => {
    if (!isObject(value)) {
      found.add("must be an object");
      return value;
    }
    for (const [name, check] of properties) {
      if (found.isFull) return value;
      if (Object.hasOwn(value, name)) {
        const before = value[name];
        const after = found.at(name, check, before);
        if (after !== before) value[name] = after;
      } else if (defaults.has(name)) {
        if (!isTrial) value[name] = structuredClone(defaults.get(name));
      } else if (required.has(name)) found.add("is required", name);
    }
    for (const name of required) {
      if (!properties.has(String(name)) && !Object.hasOwn(value, String(name)))
        found.add("is required", String(name));
    }
    for (const name of Object.keys(value)) {
      if (found.isFull) return value;
      if (names !== undefined) found.at(name, names, name);
      if (properties.has(name)) continue;
      // A record must not hand on a field that changes what an object is.
      if (isStripped || (name === "__proto__" && others !== null)) {
        if (!isTrial) Reflect.deleteProperty(value, name);
      } else if (others === null) found.add("is not known", name);
      else if (others !== undefined) value[name] = found.at(name, others, value[name]);
    }
    return value;
  };
}

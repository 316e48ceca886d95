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
}

/** Checks an object. Only its own fields count, so that no name means something that every object has. */
export function checkObject(checks: ObjectChecks): Check {
  const { properties, defaults, others, names, isStripped } = checks;
  const required = new Set(Array.isArray(checks.schema["required"]) ? checks.schema["required"] : []);
  const looksAtOthers = isStripped || others !== undefined || names !== undefined;
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
        if (after !== before) setField(value, name, after);
      } else if (defaults.has(name)) setField(value, name, structuredClone(defaults.get(name)));
      else if (required.has(name)) found.add("is required", name);
    }
    for (const name of required) {
      if (!properties.has(String(name)) && !Object.hasOwn(value, String(name)))
        found.add("is required", String(name));
    }
    if (!looksAtOthers) return value;
    for (const name of Object.keys(value)) {
      if (found.isFull) return value;
      names?.(name, found);
      if (properties.has(name)) continue;
      if (isStripped) Reflect.deleteProperty(value, name);
      else if (others === null) found.add("is not known", name);
      else if (others !== undefined) setField(value, name, found.at(name, others, value[name]));
    }
    return value;
  };
}

/** As a field of its own even where the name is `__proto__`. */
function setField(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

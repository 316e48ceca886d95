import type { z } from "zod";

/** Types that compiled JSON Schema checks exactly as Zod does. */
const PLAIN_TYPES = new Set(
  "string number int boolean null unknown any never object array record union literal enum optional nullable default readonly lazy template_literal".split(
    " ",
  ),
);

/** Checks that JSON Schema has a keyword for. */
const PLAIN_CHECKS = new Set(
  "min_length max_length length_equals greater_than less_than number_format multiple_of string_format".split(
    " ",
  ),
);

/** Formats that a pattern describes in full. The others Zod checks with code: a URL by parsing it, for example. */
const CODED_FORMATS = new Set(["url", "jwt", "base64", "base64url", "ipv6", "cidrv6", "json_string"]);

/**
 * Why a schema cannot be checked by compiled JSON Schema alone, so that Zod itself has to run; null where it can.
 * The words are for the explanation of a build, not for callers.
 */
export function codeReason(schema: z.core.$ZodType): string | null {
  const { def } = schema._zod;
  const type: string = def.type;
  if (!PLAIN_TYPES.has(type)) return `a ${type}`;
  if (def.error !== undefined) return "a message of its own";
  if ("coerce" in def && def.coerce === true) return "a coercion";
  if (hasChangingDefault(schema)) return "a default that is worked out anew each time";
  if (Reflect.get(def, "mode") === "loose") return "a loose record";
  if (type === "object" && "catchall" in def && isRealCatchall(def.catchall)) return "a catch-all";
  return (
    checkReason(def) ??
    (def.checks ?? []).map((check) => checkReason(check._zod.def)).find((reason) => reason !== null) ??
    null
  );
}

/** A default such as `() => crypto.randomUUID()`: it must be worked out for each call, and is no part of an artifact. */
export function hasChangingDefault({ _zod: { def } }: z.core.$ZodType): boolean {
  if (!("defaultValue" in def)) return false;
  // A getter of Zod's, which calls the function each time.
  const [first, second] = [JSON.stringify(def.defaultValue), JSON.stringify(def.defaultValue)];
  return first !== second;
}

function checkReason(def: object): string | null {
  const check: unknown = Reflect.get(def, "check");
  if (typeof check !== "string") return null;
  if (!PLAIN_CHECKS.has(check)) return `a check (${check})`;
  if (Reflect.get(def, "error") !== undefined) return "a message of its own";
  if (check !== "string_format") return null;
  const format: unknown = Reflect.get(def, "format");
  if (typeof format === "string" && CODED_FORMATS.has(format)) return `the format ${format}`;
  const pattern: unknown = Reflect.get(def, "pattern");
  if (!(pattern instanceof RegExp)) return "a format without a pattern";
  return pattern.flags === "" ? null : "a pattern with flags";
}

/** `z.strictObject` has a catch-all that nothing passes: JSON Schema says that well. */
function isRealCatchall(catchall: unknown): boolean {
  if (typeof catchall !== "object" || catchall === null) return false;
  const internals: unknown = Reflect.get(catchall, "_zod");
  const def: unknown =
    typeof internals === "object" && internals !== null ? Reflect.get(internals, "def") : undefined;
  const type: unknown = typeof def === "object" && def !== null ? Reflect.get(def, "type") : undefined;
  return type !== "never" && type !== "unknown" && type !== "any";
}

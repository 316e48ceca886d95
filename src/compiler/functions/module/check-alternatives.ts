import { type Check, Issues } from "./check.ts";

/** Checks that a value fits one of several schemas, or exactly one. None of them may change the value. */
export function checkAlternatives(checks: readonly Check[], exactlyOne: boolean): Check {
  return (value, found) => {
    let fitting = 0;
    let nearest: Issues | undefined;
    for (const check of checks) {
      const own = new Issues(found.path);
      check(value, own);
      if (own.list.length === 0) {
        fitting++;
        if (!exactlyOne || fitting > 1) break;
      } else if (nearest === undefined || own.list.length < nearest.list.length) nearest = own;
    }
    if (fitting === 1) return value;
    if (fitting > 1) found.add("fits several of the allowed alternatives");
    else if (nearest === undefined || isAboutItself(nearest, found)) found.add(summary(checks, value, found));
    else for (const issue of nearest.list) if (!found.isFull) found.list.push(issue);
    return value;
  };
}

/** Checks a value by the check of its own type: of `string` or `null`, for example. */
export function checkByType(checks: ReadonlyMap<string, Check>): Check {
  const names = [...checks.keys()].map((type) => TYPE_NAMES[type] ?? type);
  return (value, found) => {
    const type = typeName(value);
    const check = checks.get(type) ?? (type === "number" ? checks.get("integer") : undefined);
    if (check !== undefined) return check(value, found);
    found.add(`must be ${names.join(" or ")}`);
    return value;
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "an integer",
  boolean: "true or false",
  array: "an array",
  object: "an object",
};

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** Whether an alternative failed on the value as a whole rather than on one of its fields. */
function isAboutItself(own: Issues, found: Issues): boolean {
  const here = new Issues(found.path);
  here.add("");
  return own.list.some(({ path }) => path === here.list[0]?.path);
}

/** What each alternative wants, in words: `must be a string or null`. */
function summary(checks: readonly Check[], value: unknown, found: Issues): string {
  const wanted = checks.map((check) => {
    const own = new Issues(found.path);
    check(value, own);
    return own.list[0]?.message.replace(/^must be /, "") ?? "";
  });
  const isPlain = wanted.every((words) => words !== "" && !/^(?:must|is) /.test(words));
  return isPlain ? `must be ${[...new Set(wanted)].join(" or ")}` : "fits none of the allowed alternatives";
}

import type { GraphFields, GraphValue } from "../evaluate/graph.ts";
import type { Spot } from "../report.ts";
import { suggest } from "../suggest.ts";
import { isTagged } from "./describe-value.ts";
import { inside, type ReadContext, type Reader, wrongType } from "./reader.ts";

/** One option of an object: how it is read, and whether it has to be there. */
export interface Option<T> {
  readonly read: Reader<T>;
  readonly required: boolean;
  /** What to write where it is missing. */
  readonly hint?: string;
}

/** Options by name. */
export type Shape = Readonly<Record<string, Option<unknown>>>;

/** What reading a shape gives; an option is undefined where it is absent or wrong. */
export type Shaped<S extends Shape> = {
  readonly [Name in keyof S]: S[Name] extends Option<infer T> ? T | undefined : never;
};

/** An option that must be there. */
export function required<T>(read: Reader<T>, hint?: string): Option<T> {
  return { read, required: true, ...(hint === undefined ? {} : { hint }) };
}

/** An option that may be left out. */
export function optional<T>(read: Reader<T>): Option<T> {
  return { read, required: false };
}

/** Reads options that stand directly in a declaration or below `at`. */
export function readShape<S extends Shape>(
  shape: S,
  fields: GraphFields,
  at: Spot,
  context: ReadContext,
): Shaped<S> {
  const meant = reportUnknown(shape, fields, at, context);
  const entries = Object.entries(shape).map(([name, option]) => {
    const value: GraphValue | undefined = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value !== undefined) return [name, option.read(value, inside(at, name), context)];
    if (option.required && !meant.has(name)) {
      const suggestion = option.hint === undefined ? {} : { suggestion: option.hint };
      context.report.add("LK1103", `the option ${name} is missing`, { at, ...suggestion });
    }
    return [name, undefined];
  });
  return Object.fromEntries(entries);
}

/** An object with known options. */
export function objectOf<S extends Shape>(shape: S): Reader<Shaped<S>> {
  return (value, at, context) =>
    isTagged(value) && value.$ === "object"
      ? readShape(shape, value.fields, at, context)
      : wrongType(value, at, "an object", context);
}

/** Answers the options that are there under a misspelled name: they are not missing, too. */
function reportUnknown(
  shape: Shape,
  fields: GraphFields,
  at: Spot,
  { report }: ReadContext,
): ReadonlySet<string> {
  const misspelled = new Set<string>();
  for (const name of Object.keys(fields)) {
    if (Object.hasOwn(shape, name)) continue;
    const meant = suggest(
      name,
      Object.keys(shape).filter((known) => !Object.hasOwn(fields, known)),
    );
    if (meant !== undefined) misspelled.add(meant);
    report.add("LK1101", `there is no option ${JSON.stringify(name)}`, {
      at: inside(at, name),
      part: "key",
      ...(meant === undefined
        ? { notes: [{ message: `options here are ${Object.keys(shape).join(", ")}` }] }
        : { suggestion: `did you mean \`${meant}\`?` }),
    });
  }
  return misspelled;
}

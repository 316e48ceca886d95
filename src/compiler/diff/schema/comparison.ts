import { arrow } from "../words.ts";
import type { Schema, SchemaObject } from "./json-schema.ts";

/** Which way a schema's values travel: what callers send, or what they are answered. */
export type Direction = "input" | "output";

/** Something that a changed schema breaks. */
export interface SchemaBreak {
  /** Field at fault, such as `items[].title`; empty for the value itself. */
  readonly path: string;
  /** What is wrong, to be read after the path. */
  readonly message: string;
}

/**
 * One comparison under way. `inner` is the schema whose values have to be valid under `outer`: for an input what
 * callers send today against the new schema, for an output the new answers against what callers expect.
 */
export interface Comparison {
  readonly direction: Direction;
  readonly roots: { readonly inner: SchemaObject; readonly outer: SchemaObject };
  /** Compares parts of the two schemas; paths are relative to the parts. */
  readonly compare: (inner: Schema, outer: Schema) => readonly SchemaBreak[];
}

/** A break at the value itself. */
export function broken(message: string): SchemaBreak {
  return { path: "", message };
}

/** A break as a phrase that begins with its field: `input.text is now required`. @param root what the value is called */
export function fieldText(root: string, { path, message }: SchemaBreak): string {
  const separator = path === "" || path.startsWith("[") ? "" : ".";
  return `${root}${separator}${path} ${message}`;
}

/** Breaks of a part, as seen from the whole. */
export function within(segment: string, breaks: readonly SchemaBreak[]): readonly SchemaBreak[] {
  return breaks.map(({ path, message }) => {
    const separator = path === "" || path.startsWith("[") ? "" : ".";
    return { path: `${segment}${separator}${path}`, message };
  });
}

/** `old → new`, whichever of the two is the inner one. */
export function changed({ direction }: Comparison, inner: string, outer: string): string {
  return direction === "input" ? arrow(inner, outer) : arrow(outer, inner);
}

/** Says that a value is no longer accepted, or that it may now be answered. */
export function unexpected({ direction }: Comparison, what: string): SchemaBreak {
  return broken(direction === "input" ? `no longer accepts ${what}` : `may now be ${what}`);
}

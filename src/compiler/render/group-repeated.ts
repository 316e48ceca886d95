import type { Diagnostic } from "../diagnostic.ts";

/** Diagnostics of one sort from which on they are shown as a list. */
const FEWEST = { mild: 3, error: 5 } as const;

/**
 * Diagnostics in blocks, in the order of their first ones: each by itself, but those that repeat each other together, so
 * that what is said of many declarations does not hide the rest. Warnings and notes repeat each other where their code is
 * the same; errors, which all have to be mended, only where the same is wrong but for numbers.
 */
export function groupRepeated(diagnostics: readonly Diagnostic[]): readonly (readonly Diagnostic[])[] {
  const bySort = Map.groupBy(diagnostics, sortOf);
  const shown = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    const sort = sortOf(diagnostic);
    const same = bySort.get(sort) ?? [];
    if (same.length < FEWEST[isMild(diagnostic) ? "mild" : "error"]) return [[diagnostic]];
    if (shown.has(sort)) return [];
    shown.add(sort);
    return [same];
  });
}

function sortOf(diagnostic: Diagnostic): string {
  const { code, message } = diagnostic;
  return isMild(diagnostic) ? code : `${code} ${message.replace(/\d+(?:\.\d+)?/g, "0")}`;
}

function isMild({ severity }: Diagnostic): boolean {
  return severity !== "error";
}

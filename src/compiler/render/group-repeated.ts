import type { Diagnostic } from "../diagnostic.ts";

/** Warnings of one code from which on they are shown as a list. */
const FEWEST = 3;

/**
 * Diagnostics in blocks, in the order of their first ones: each by itself, but warnings and notes that repeat each
 * other together, so that what is said of many declarations does not hide the rest. Errors all have to be mended.
 */
export function groupRepeated(diagnostics: readonly Diagnostic[]): readonly (readonly Diagnostic[])[] {
  const byCode = Map.groupBy(diagnostics.filter(isMild), ({ code }) => code);
  const shown = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    const same = byCode.get(diagnostic.code) ?? [];
    if (!isMild(diagnostic) || same.length < FEWEST) return [[diagnostic]];
    if (shown.has(diagnostic.code)) return [];
    shown.add(diagnostic.code);
    return [same];
  });
}

function isMild({ severity }: Diagnostic): boolean {
  return severity !== "error";
}

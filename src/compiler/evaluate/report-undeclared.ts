import type { Locator } from "../locate/locator.ts";
import type { Report } from "../report.ts";
import { suggestName } from "../suggest-name.ts";

/**
 * Reports every name of a config that nothing declares. A run ends at the first one that it meets; so that all are
 * shown at once, the rest are looked up in the sources. Names that the run itself stumbled over are not said twice.
 */
export function reportUndeclared(locator: Pick<Locator, "undeclared">, report: Report): void {
  const met = new Set(report.findings.map(({ reference }) => reference));
  for (const { name, place, names } of locator.undeclared()) {
    if (met.has(name)) continue;
    report.add("LK1005", `${name} is not defined`, { place, suggestion: suggestName(name, names) });
  }
}

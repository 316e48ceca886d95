import type { GraphPattern } from "../evaluate/graph.ts";
import type { ImportedConfig } from "../openapi/import-documents.ts";
import { operationPatterns } from "../openapi/operation-patterns.ts";
import { judgePattern, type PatternJudgement } from "../regular-expressions/judge-pattern.ts";
import type { Report, Spot } from "../report.ts";

/**
 * Finds regular expressions that a caller's text could keep busy: those of endpoints' schemas, of backends' documents and
 * of key policies. Nothing else of a config is held against what callers send.
 */
export function checkPatterns({ tables, documents }: ImportedConfig, report: Report): void {
  for (const { id, options } of tables.endpoints) {
    for (const side of ["input", "output"] as const) {
      for (const pattern of options[side]?.patterns ?? []) {
        const path = pattern.path.filter((name) => name !== "[]");
        const where = [side, ...pattern.path].join(".").replaceAll(".[]", "[]");
        reportPattern(pattern, where, { declaration: id, path: [side, ...path] }, report);
      }
    }
  }
  for (const { id, options } of tables.backends) {
    const routes = options.validate === "off" ? [] : (documents.get(id)?.routes ?? []);
    const seen = new Set<string>();
    for (const { where, ...pattern } of routes.flatMap(operationPatterns)) {
      const key = `${pattern.maxLength} ${pattern.source}`;
      if (seen.has(key)) continue;
      seen.add(key);
      reportPattern(pattern, where, { declaration: id, path: ["openapi"] }, report);
    }
  }
  for (const { id, options } of tables.tenants) {
    const source = options.keyPolicy?.namePattern;
    if (source === undefined) continue;
    const pattern = { source: `^(?:${source})$`, flags: "u", maxLength: LONGEST_NAME };
    reportPattern(pattern, "namePattern", { declaration: id, path: ["keyPolicy", "namePattern"] }, report);
  }
}

/** Characters that the admin API takes for the name of a key. */
const LONGEST_NAME = 100;
/** Steps of an engine that nobody notices: some hundredths of a second. */
const FEW_STEPS = 25_000_000;

function reportPattern(
  pattern: Pick<GraphPattern, "source" | "flags" | "maxLength">,
  where: string,
  at: Spot,
  report: Report,
): void {
  const judgement = judgePattern(pattern.source, pattern.flags);
  const words = `the pattern of ${where}, ${shown(pattern)},`;
  if (judgement.growth === "exponential") {
    const text = JSON.stringify(judgement.character.repeat(3)).replace(/"$/, '…"');
    report.add("LK1330", `${words} takes exponentially long on texts such as ${text}`, { at });
  } else if (judgement.growth === "unknown" && pattern.maxLength === null) {
    report.add("LK1331", `${words} is too large to tell how long it takes`, { at });
  } else if (judgement.growth === "polynomial" && !isBounded(judgement, pattern.maxLength)) {
    const power = ["square", "cube"][judgement.degree - 2] ?? `power of ${judgement.degree}`;
    const most = Math.floor(FEW_STEPS ** (1 / judgement.degree));
    report.add("LK1331", `${words} takes time that grows with the ${power} of a text's length`, {
      at,
      suggestion: `let texts have ${most.toLocaleString("en")} characters at most, or correct the pattern`,
    });
  }
}

function isBounded(
  { degree }: Extract<PatternJudgement, { growth: "polynomial" }>,
  maxLength: number | null,
): boolean {
  return maxLength !== null && maxLength ** degree <= FEW_STEPS;
}

const LONGEST_SHOWN = 60;

function shown({ source, flags }: Pick<GraphPattern, "source" | "flags">): string {
  const short = source.length <= LONGEST_SHOWN ? source : `${source.slice(0, LONGEST_SHOWN)}…`;
  return `/${short}/${flags}`;
}

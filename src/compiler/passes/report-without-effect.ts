import type { DiagnosticCode } from "../diagnostic-codes.ts";
import type { DeclarationKind, GraphValue } from "../evaluate/graph.ts";
import type { Report, Spot } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Places that a warning shows; of the others it says how many there are. */
const SHOWN = 3;

interface Ineffective {
  readonly code: DiagnosticCode;
  readonly option: string;
  /** What is said of one declaration, and of several, after their number. */
  readonly one: string;
  readonly many: string;
  /** What this version does not do with it. */
  readonly missing: string;
  /** Whether this version does something with it after all. */
  readonly isEnforced?: (kind: DeclarationKind, value: GraphValue, config: ResolvedConfig) => boolean;
}

/**
 * What this version keeps in the artifact but does nothing with. Of every other option of the language a test says
 * where it has its effect: `test/compiler/passes/report-without-effect.test.ts`.
 */
const INEFFECTIVE: readonly Ineffective[] = [
  {
    ...{ code: "LK1901", option: "limits" },
    ...{ one: "has limits that are", many: "have limits that are", missing: "declared but not enforced" },
    isEnforced: areCounted,
  },
  {
    ...{ code: "LK1902", option: "budget" },
    ...{
      one: "has a budget, which is",
      many: "have budgets, which are",
      missing: "declared but not enforced",
    },
  },
  {
    ...{ code: "LK1904", option: "plan" },
    ...{
      one: "has a price plan, which is",
      many: "have price plans, which are",
      missing: "declared but not charged",
    },
  },
];

const NOUNS: Readonly<Partial<Record<DeclarationKind, string>>> = { app: "application" };

const COUNTING: ReadonlySet<DeclarationKind> = new Set(["tenant", "app", "key"]);

/** Limits of requests are, of those who call; others are not. */
function areCounted(kind: DeclarationKind, value: GraphValue, { graph }: ResolvedConfig): boolean {
  if (!COUNTING.has(kind) || !Array.isArray(value)) return false;
  return value.every((item: GraphValue) => {
    if (item === null || typeof item !== "object" || !("$" in item) || item.$ !== "declaration") return false;
    return Object.hasOwn(graph.declarations[item.id]?.fields ?? {}, "requests");
  });
}

/**
 * Warns of what is declared and not enforced, so that nobody believes that it is. One warning for each option and
 * kind of declaration: ten thousand keys make no ten thousand lines.
 */
export function reportWithoutEffect(config: ResolvedConfig, report: Report): ResolvedConfig {
  for (const ineffective of INEFFECTIVE) {
    for (const [noun, spots] of spotsByNoun(config, ineffective)) warn(ineffective, noun, spots, report);
  }
  return config;
}

function spotsByNoun(
  config: ResolvedConfig,
  { option, isEnforced }: Ineffective,
): ReadonlyMap<string, readonly Spot[]> {
  const found = new Map<string, Spot[]>();
  config.graph.declarations.forEach(({ kind, fields }, id) => {
    const value = Object.hasOwn(fields, option) ? fields[option] : undefined;
    // An empty list of limits says nothing.
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
    if (isEnforced?.(kind, value, config) === true) return;
    const noun = NOUNS[kind] ?? kind;
    const spots = found.get(noun) ?? [];
    spots.push({ declaration: id, path: [option] });
    found.set(noun, spots);
  });
  return found;
}

function warn(
  { code, one, many, missing }: Ineffective,
  noun: string,
  spots: readonly Spot[],
  report: Report,
): void {
  const [first, ...others] = spots;
  if (first === undefined) return;
  const who = others.length === 0 ? `1 ${noun} ${one}` : `${spots.length} ${noun}s ${many}`;
  report.add(code, `${who} ${missing} by this version`, {
    at: first,
    part: "key",
    notes: [
      ...others.slice(0, SHOWN - 1).map((at) => ({ message: "also here", at, part: "key" as const })),
      ...(others.length >= SHOWN ? [{ message: `and ${others.length - SHOWN + 1} more` }] : []),
    ],
  });
}

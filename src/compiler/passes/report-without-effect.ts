import type { DiagnosticCode } from "../diagnostic-codes.ts";
import type { DeclarationKind } from "../evaluate/graph.ts";
import type { Report, Spot } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Places that a warning shows; of the others it says how many there are. */
const SHOWN = 3;

interface Ineffective {
  readonly code: DiagnosticCode;
  readonly option: string;
  /** What is said of one declaration, and of several. */
  readonly one: string;
  readonly many: string;
}

/** What this version keeps in the artifact but does nothing with. */
const INEFFECTIVE: readonly Ineffective[] = [
  { code: "LK1901", option: "limits", one: "has limits, which are", many: "have limits, which are" },
  { code: "LK1902", option: "budget", one: "has a budget, which is", many: "have budgets, which are" },
  {
    code: "LK1903",
    option: "approval",
    one: "has an approval policy, which is",
    many: "have approval policies, which are",
  },
  { code: "LK1904", option: "plan", one: "has a price plan, which is", many: "have price plans, which are" },
  { code: "LK1905", option: "networks", one: "names networks, which are", many: "name networks, which are" },
];

const NOUNS: Readonly<Partial<Record<DeclarationKind, string>>> = { app: "application" };

/**
 * Warns of what is declared and not enforced, so that nobody believes that it is. One warning for each option and
 * kind of declaration: ten thousand keys make no ten thousand lines.
 */
export function reportWithoutEffect(config: ResolvedConfig, report: Report): ResolvedConfig {
  for (const ineffective of INEFFECTIVE) {
    for (const [kind, spots] of spotsByKind(config, ineffective.option)) {
      warn(ineffective, NOUNS[kind] ?? kind, spots, report);
    }
  }
  return config;
}

function spotsByKind(
  { graph }: ResolvedConfig,
  option: string,
): ReadonlyMap<DeclarationKind, readonly Spot[]> {
  const found = new Map<DeclarationKind, Spot[]>();
  graph.declarations.forEach(({ kind, fields }, id) => {
    const value = Object.hasOwn(fields, option) ? fields[option] : undefined;
    const isNoLimit = option === "limits" && Array.isArray(value) && value.length === 0;
    if (value === undefined || isNoLimit) return;
    const spots = found.get(kind) ?? [];
    spots.push({ declaration: id, path: [option] });
    found.set(kind, spots);
  });
  return found;
}

function warn({ code, one, many }: Ineffective, noun: string, spots: readonly Spot[], report: Report): void {
  const [first, ...others] = spots;
  if (first === undefined) return;
  const who = others.length === 0 ? `1 ${noun} ${one}` : `${spots.length} ${noun}s ${many}`;
  const verb = code === "LK1904" ? "charged" : code === "LK1905" ? "checked" : "enforced";
  report.add(code, `${who} declared but not ${verb} by this version`, {
    at: first,
    part: "key",
    notes: [
      ...others.slice(0, SHOWN - 1).map((at) => ({ message: "also here", at, part: "key" as const })),
      ...(others.length >= SHOWN ? [{ message: `and ${others.length - SHOWN + 1} more` }] : []),
    ],
  });
}

import type { DiagnosticCode } from "../diagnostic-codes.ts";
import type { DeclarationKind, GraphFields, GraphValue } from "../evaluate/graph.ts";
import { isTagged } from "../read/describe-value.ts";
import type { Report, Spot } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Places that a warning shows; of the others it says how many there are. */
const SHOWN = 3;

interface Ineffective {
  readonly code: DiagnosticCode;
  readonly options: readonly string[];
  /** What is said of one declaration, and of several, after their number. */
  readonly one: string;
  readonly many: string;
  /** What this version does not do with it. */
  readonly missing: string;
  /** What is counted, where it is not the declarations of one kind. */
  readonly noun?: string;
  /** Whether it can wait until all else is right: nearly every config has it, and nobody relies on it. */
  readonly canWait?: true;
}

/**
 * What this version keeps in the artifact but does nothing with. Of every other option of the language a test says
 * where it has its effect: `test/compiler/passes/report-without-effect.test.ts`.
 */
const INEFFECTIVE: readonly Ineffective[] = [
  row("LK1901", "limits", "has limits, which are", "have limits, which are", "declared but not enforced"),
  row("LK1902", "budget", "has a budget, which is", "have budgets, which are", "declared but not enforced"),
  row(
    "LK1903",
    "approval",
    "has an approval policy, which is",
    "have approval policies, which are",
    "declared but not enforced",
  ),
  row(
    "LK1904",
    "plan",
    "has a price plan, which is",
    "have price plans, which are",
    "declared but not charged",
  ),
  {
    code: "LK1907",
    canWait: true,
    options: ["members", "groups"],
    one: "has members, whose roles are",
    many: "have members, whose roles are",
    missing: "declared but not used",
  },
  {
    code: "LK1908",
    canWait: true,
    options: ["summary", "docs", "displayName", "contact"],
    noun: "description",
    one: "is kept in the artifact, but",
    many: "are kept in the artifact, but",
    missing: "shown nowhere",
  },
  row(
    "LK1909",
    ["signIn", "operators"],
    "says who signs in, which is",
    "say who signs in, which is",
    "declared but not used",
  ),
  row(
    "LK1911",
    ["webhooks", "email"],
    "says where messages go, which are",
    "say where messages go, which are",
    "not sent",
  ),
  row(
    "LK1912",
    ["keyPolicy", "environment"],
    "says what keys are, which is",
    "say what keys are, which is",
    "declared but not used at run time",
  ),
  row(
    "LK1913",
    ["trial", "subscriptionFor"],
    "has terms of subscriptions, which are",
    "have terms of subscriptions, which are",
    "declared but not enforced",
  ),
];

function row(
  code: DiagnosticCode,
  options: string | readonly string[],
  one: string,
  many: string,
  missing: string,
): Ineffective {
  return { code, options: typeof options === "string" ? [options] : options, one, many, missing };
}

const NOUNS: Readonly<Partial<Record<DeclarationKind, string>>> = { app: "application" };

/**
 * Warns of what is declared and not enforced, so that nobody believes that it is. One warning for each option and
 * kind of declaration: ten thousand keys make no ten thousand lines.
 */
export function reportWithoutEffect(config: ResolvedConfig, report: Report): ResolvedConfig {
  const isBroken = report.hasErrors;
  for (const ineffective of INEFFECTIVE) {
    if (isBroken && ineffective.canWait) continue;
    for (const [noun, spots] of spotsByNoun(config, ineffective)) warn(ineffective, noun, spots, report);
  }
  return config;
}

function spotsByNoun(
  { graph }: ResolvedConfig,
  { options, noun }: Ineffective,
): ReadonlyMap<string, readonly Spot[]> {
  const found = new Map<string, Spot[]>();
  graph.declarations.forEach(({ kind, fields }, id) => {
    for (const option of options) {
      const path = option.split(".");
      const value = valueAt(fields, path);
      if (value === undefined || changesNothing(option, value)) continue;
      // Lists of models show it to Anthropic's and Google's clients.
      if (kind === "model" && option === "summary") continue;
      const counted = noun ?? NOUNS[kind] ?? kind;
      const spots = found.get(counted) ?? [];
      // Several options that say one thing count once; each description is one of its own.
      if (noun === undefined && spots.at(-1)?.declaration === id) continue;
      spots.push({ declaration: id, path });
      found.set(counted, spots);
    }
  });
  return found;
}

/** The value of an option, or of one inside another. */
function valueAt(fields: GraphFields, [name = "", ...inner]: readonly string[]): GraphValue | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined || inner.length === 0) return value;
  return isTagged(value) && value.$ === "object" ? valueAt(value.fields, inner) : undefined;
}

/**
 * Empty texts, records and lists of limits say nothing.
 */
function changesNothing(option: string, value: GraphValue): boolean {
  if (option === "limits") return Array.isArray(value) && value.length === 0;
  if (option === "members" || option === "groups" || option === "webhooks") {
    return isTagged(value) && value.$ === "object" && Object.keys(value.fields).length === 0;
  }
  return value === "";
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

import { idFormsOf } from "../../catalog/id-forms.ts";
import type { ModelCard } from "../../catalog/model-card.ts";
import type { CataloguedConfig, TargetFacts } from "../catalog/look-up-models.ts";
import { profileOf } from "../read/shapes/provider.ts";
import type { ReadTarget } from "../read/shapes/supply.ts";
import type { Report, Spot } from "../report.ts";
import { suggest } from "../suggest.ts";
import { checkFallbacks } from "./check-fallbacks.ts";

const DAY_MS = 86_400_000;
/** So long before a model is retired, the note becomes a warning. */
const SOON_MS = 30 * DAY_MS;

/** Checks what the catalog says of the providers and the targets: whether it knows them, their prices and their lives. */
export function checkModels(config: CataloguedConfig, report: Report, nowMs: number): CataloguedConfig {
  checkProviders(config, report, nowMs);
  const told = new Set<string>();
  for (const [id, facts] of config.facts) {
    const target = config.targets.get(id);
    const provider = config.providers.get(target?.provider ?? -1);
    if (target === undefined || provider === undefined || provider.type === "demo") continue;
    const name = nameOf(target);
    // Of two targets that are the same, one is told; those with options of their own may differ.
    if (isNew(told, JSON.stringify(target))) checkKnown(config, { id, target, facts }, report);
    if (facts.card === undefined || !isNew(told, `${provider.type}/${name}`)) continue;
    checkKind(name, facts.card, { declaration: id, path: [] }, report);
    checkLife(name, facts.card, { declaration: id, path: [] }, report, nowMs);
  }
  checkFallbacks(config, report);
  return config;
}

/** A base URL of the config's own is a server that goes on. */
function checkProviders({ providers }: CataloguedConfig, report: Report, nowMs: number): void {
  for (const [declaration, { type, baseUrl }] of providers) {
    const { label, retiredOn } = profileOf(type) ?? {};
    if (retiredOn === undefined || baseUrl !== undefined || Date.parse(retiredOn) > nowMs) continue;
    report.add("LK1616", `${label} was retired on ${retiredOn}`, { at: { declaration, path: [] } });
  }
}

function isNew(told: Set<string>, key: string): boolean {
  return !told.has(key) && told.add(key) !== undefined;
}

const FREE_NAME =
  "names of this provider's models are free; `baseModel` says which model of the catalog it is";

interface Checked {
  readonly id: number;
  readonly target: ReadTarget;
  readonly facts: TargetFacts;
}

function nameOf({ upstreamModel = "", baseModel }: ReadTarget): string {
  return baseModel ?? upstreamModel;
}

/** A server at an address of its own has models of its own; so has one whose models nobody lists in full. */
function checkKnown(config: CataloguedConfig, { id, target, facts }: Checked, report: Report): void {
  const provider = config.providers.get(target.provider ?? -1);
  const type = provider?.type ?? "";
  const models = config.catalog.get(type);
  const name = nameOf(target);
  const isPriced =
    facts.price !== null || Object.hasOwn(config.graph.declarations[id]?.fields ?? {}, "price");
  const isListed = models !== undefined && !models.isPartial && provider?.baseUrl === undefined;
  if (name.trim() !== "" && facts.card === undefined && (isListed || target.baseModel !== undefined)) {
    const meant = suggest(name, models?.cards.keys() ?? []);
    report.add("LK1611", `the catalog knows no model ${JSON.stringify(name)} of ${type}`, {
      at: { declaration: id, path: target.baseModel === undefined ? [] : ["baseModel"] },
      ...(isPriced
        ? {}
        : { notes: [{ message: "its price is therefore unknown, and so is the cost of its calls" }] }),
      ...(meant === undefined ? {} : { suggestion: `did you mean ${JSON.stringify(meant)}?` }),
    });
  } else if (!isPriced && name.trim() !== "") {
    const isNameFree = idFormsOf(type).areNamesFree === true && target.baseModel === undefined;
    report.add("LK1601", `the price of ${JSON.stringify(target.upstreamModel)} is unknown`, {
      at: { declaration: id, path: [] },
      ...(isNameFree ? { notes: [{ message: FREE_NAME }] } : {}),
    });
  }
}

/** What converses over a connection of its own cannot be called at all. */
function checkKind(name: string, { kind }: ModelCard, at: Spot, report: Report): void {
  if (kind !== "realtime") return;
  report.add("LK1615", `the model ${JSON.stringify(name)} converses in real time only`, { at });
}

function checkLife(name: string, card: ModelCard, at: Spot, report: Report, nowMs: number): void {
  const { deprecatedOn, isDeprecated, isRetired, retiredOn, replacement } = card;
  const quoted = JSON.stringify(name);
  const extra = {
    at,
    ...(replacement === undefined ? {} : { suggestion: `use ${JSON.stringify(replacement)}` }),
  };
  const retiredMs = retiredOn === undefined ? Number.POSITIVE_INFINITY : Date.parse(retiredOn);
  if (isRetired === true) report.add("LK1613", `the model ${quoted} is retired`, extra);
  else if (retiredMs <= nowMs) report.add("LK1613", `the model ${quoted} was retired on ${retiredOn}`, extra);
  else if (retiredMs <= nowMs + SOON_MS)
    report.add("LK1613", `the model ${quoted} will be retired on ${retiredOn}`, extra);
  else if (isDeprecated === true || (deprecatedOn !== undefined && Date.parse(deprecatedOn) <= nowMs)) {
    const end = retiredOn === undefined ? "" : ` and will be retired on ${retiredOn}`;
    report.add("LK1614", `the model ${quoted} is deprecated${end}`, extra);
  }
}

import type { Lack, ModelCard } from "../../catalog/model-card.ts";
import type { CataloguedConfig, TargetFacts } from "../catalog/look-up-models.ts";
import type { Report } from "../report.ts";

/** What a call may need that the next target cannot give; the rest is given up harmlessly. */
const NEEDS = ["tools", "json-schema", "images", "files", "audio"] as const satisfies readonly Lack[];

const WORDS: Readonly<Record<(typeof NEEDS)[number], string>> = {
  tools: "tools",
  "json-schema": "JSON Schema for answers",
  images: "images",
  files: "files",
  audio: "sound",
};

/** A window that is a tenth smaller is as good as the same: vendors round differently. */
const SMALLER = 0.9;

interface Candidate {
  readonly name: string;
  readonly index: number;
  readonly facts: TargetFacts;
}

/** Checks that each target of a model can do what those before it can, as far as that is known. */
export function checkFallbacks(config: CataloguedConfig, report: Report): void {
  for (const [id, { targets = [] }] of config.models) {
    const candidates = targets.flatMap((target, index): Candidate[] => {
      const facts = config.facts.get(target);
      const name = config.targets.get(target)?.upstreamModel;
      return facts === undefined || name === undefined ? [] : [{ name, index, facts }];
    });
    candidates.forEach((candidate, place) => {
      const before = candidates.slice(0, place);
      const other = otherKind(candidate, before);
      const missing = other.length > 0 ? other : missingOf(candidate, before);
      if (missing.length === 0) return;
      report.add("LK1612", `the fallback ${JSON.stringify(candidate.name)} ${missing.join(", and ")}`, {
        at: { declaration: id, path: ["targets", candidate.index] },
      });
    });
  }
}

/** A model of another kind answers none of the calls that the first one does. */
function otherKind({ facts }: Candidate, before: readonly Candidate[]): readonly string[] {
  const kind = facts.card?.kind;
  const first = before.find(({ facts: { card } }) => card !== undefined);
  const wanted = first?.facts.card?.kind;
  if (kind === undefined || first === undefined || kind === wanted) return [];
  return [`is a model of the kind ${kind}, where ${JSON.stringify(first.name)} is one of ${wanted}`];
}

function missingOf({ facts }: Candidate, before: readonly Candidate[]): readonly string[] {
  const lost = NEEDS.flatMap((need) => {
    const owner = facts.lacks.includes(need)
      ? before.find((candidate) => has(candidate.facts, need))
      : undefined;
    return owner === undefined ? [] : [{ need, owner }];
  });
  const byOwner = Map.groupBy(lost, ({ owner }) => owner);
  const lacking = [...byOwner].map(
    ([{ name }, needs]) =>
      `lacks ${inWords(needs.map(({ need }) => WORDS[need]))}, which ${JSON.stringify(name)} has`,
  );
  return [...lacking, ...narrower(facts, before)];
}

function narrower({ contextWindow }: TargetFacts, before: readonly Candidate[]): readonly string[] {
  const [widest] = before.toSorted((a, b) => (b.facts.contextWindow ?? 0) - (a.facts.contextWindow ?? 0));
  const most = widest?.facts.contextWindow ?? null;
  if (widest === undefined || contextWindow === null || most === null || contextWindow >= most * SMALLER)
    return [];
  return [`takes ${count(contextWindow)} tokens where ${JSON.stringify(widest.name)} takes ${count(most)}`];
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function count(tokens: number): string {
  return tokens.toLocaleString("en-US");
}

/** Known to have it; what the config says that it lacks goes before the catalog. */
function has({ card, lacks }: TargetFacts, need: (typeof NEEDS)[number]): boolean {
  return !lacks.includes(need) && card !== undefined && can(card, need);
}

function can({ can: abilities = [], takes = [] }: ModelCard, need: (typeof NEEDS)[number]): boolean {
  switch (need) {
    case "images":
      return takes.includes("image");
    case "files":
      return takes.includes("file");
    case "audio":
      return takes.includes("audio");
    default:
      return abilities.includes(need);
  }
}

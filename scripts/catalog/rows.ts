import type { ModelInfo } from "@pydantic/genai-prices";
import type { Ability, Lack, ModelKind, ModelRow } from "../../src/catalog/model-card.ts";
import type { DatedPrice } from "../../src/catalog/price.ts";
import { genaiModels, matchModel, namedIds } from "./genai-prices.ts";
import { type PiModel, readPiCatalog } from "./pi-catalog.ts";
import { pricesOfGenai, pricesOfPi } from "./prices.ts";
import type { DataSource, ProviderSources } from "./provider-sources.ts";

const pi = readPiCatalog();

/** A snapshot that only the price package has is described by the row of the id that moves. */
const SNAPSHOT = /-20\d\d-?\d\d-?\d\d$/;

/** What the two packages say of the models of one provider type, by id. */
export function rowsOf(sources: ProviderSources): Map<string, ModelRow> {
  const piModels = piById(sources.pi);
  const priced = (sources.genai ?? []).map((source) => ({ source, models: genaiModels(source.name) }));
  const ids = [...piModels.keys(), ...(sources.ids ?? [])];
  for (const { source, models } of priced) {
    // Its own spelling of an id first: it is the vendor's, and the others may differ from it only in case.
    for (const theirs of [...models.map(({ id }) => id), ...models.flatMap(namedIds)]) {
      const ours = models.some((model) => namedIds(model).includes(theirs)) ? idOf(source, theirs) : null;
      if (ours !== null) ids.push(ours);
    }
  }
  const infos = infoTable(sources);
  return new Map(
    withoutOtherCase(ids).map((id) => {
      const known = piModels.get(id);
      const facts =
        known ??
        piModels.get(id.replace(SNAPSHOT, "")) ??
        elsewhere(id, piModels, sources) ??
        atHost(id, piModels, sources);
      return [id, rowOf(id, { known, facts, info: infos(id, known?.id) }, sources)];
    }),
  );
}

/** The same model where another place serves it. */
function elsewhere(
  id: string,
  piModels: ReadonlyMap<string, PiModel>,
  { places = [] }: ProviderSources,
): PiModel | undefined {
  const own = places.find((place) => place !== "" && id.startsWith(place)) ?? "";
  const bare = id.slice(own.length);
  return places.map((place) => piModels.get(place + bare)).find((model) => model !== undefined);
}

/** The same model without the host that its id names. What it takes and how it thinks is its own; the rest is the host's. */
function atHost(
  id: string,
  piModels: ReadonlyMap<string, PiModel>,
  { hosts }: ProviderSources,
): PiModel | undefined {
  const model = hosts === true ? piModels.get(id.replace(/:[^:/]+$/, "")) : undefined;
  if (model === undefined) return undefined;
  const { supportsTools: _, ...rest } = model;
  return { ...rest, contextWindow: null, maxTokens: null };
}

/** Vendors' ids differ in more than their case; the packages' rules do not look at it. */
function withoutOtherCase(ids: readonly string[]): readonly string[] {
  const first = new Map<string, string>();
  for (const id of ids) if (!first.has(id.toLowerCase())) first.set(id.toLowerCase(), id);
  return [...first.values()];
}

function idOf({ id }: DataSource, theirs: string): string | null {
  return id === undefined ? theirs : id(theirs);
}

/** Chat models and those of other APIs that the gateway serves. */
function piById(source: DataSource | undefined): Map<string, PiModel> {
  const models = source === undefined ? [] : Object.values(pi[source.name] ?? {});
  if (source !== undefined && models.length === 0)
    throw new Error(`pi-catalog has no provider ${source.name}`);
  return new Map(
    models.flatMap((model): [string, PiModel][] => {
      const id = source === undefined ? null : idOf(source, model.id);
      return id === null || model.kind === "judge" || model.kind === "video" ? [] : [[id, model]];
    }),
  );
}

/** Finds the row of `@pydantic/genai-prices` that is about an id. */
function infoTable(
  sources: ProviderSources,
): (id: string, piId: string | undefined) => ModelInfo | undefined {
  const named = new Map<string, ModelInfo>();
  const providers = (sources.genai ?? []).map((source) => ({ source, models: genaiModels(source.name) }));
  for (const { source, models } of providers) {
    for (const model of models) {
      for (const theirs of namedIds(model)) {
        const ours = idOf(source, theirs);
        if (ours !== null && !named.has(ours)) named.set(ours, matchModel(models, theirs) ?? model);
      }
    }
  }
  const others = (sources.pricesOnly ?? []).map(genaiModels);
  return (id, piId) => {
    const exact = named.get(id);
    if (exact !== undefined) return exact;
    for (const { source, models } of providers) {
      if (source.name.startsWith("huggingface_")) continue;
      const found = matchModel(models, piId ?? id);
      if (found !== undefined) return found;
    }
    return others.map((models) => matchModel(models, id)).find((found) => found !== undefined);
  };
}

interface Found {
  /** Row of the id itself. */
  readonly known: PiModel | undefined;
  /** Row that describes it: its own, or that of the model of which it is a snapshot. */
  readonly facts: PiModel | undefined;
  readonly info: ModelInfo | undefined;
}

function rowOf(id: string, { known, facts, info }: Found, sources: ProviderSources): ModelRow {
  const kind = kindOf(id, facts);
  const prices = choosePrices(id, { known, facts, info }, sources);
  const context = positive(facts?.contextWindow) ?? positive(info?.context_window);
  const output = positive(facts?.maxTokens);
  const name = known?.name ?? (facts === undefined ? info?.name : undefined);
  return {
    ...(name === undefined || name === id ? {} : { name }),
    ...(kind === "chat" ? {} : { kind }),
    ...(context === undefined ? {} : { contextWindow: context }),
    // A limit as large as the window is no limit of its own but the lack of one in the data.
    ...(output === undefined || (context !== undefined && output >= context)
      ? {}
      : { maxOutputTokens: output }),
    ...(kind === "chat" && facts !== undefined ? chatFacts(facts) : {}),
    ...(info?.deprecated === true ? { isDeprecated: true as const } : {}),
    ...(prices === undefined ? {} : { prices }),
  };
}

function positive(count: number | null | undefined): number | undefined {
  return typeof count === "number" && count > 0 ? count : undefined;
}

/**
 * Rows without a price were found by listing what a server has, and say little more than the id: what they leave
 * out is then not known.
 */
function chatFacts({ cost, reasoning, input, supportsTools, contextWindow }: PiModel): Partial<ModelRow> {
  const isDescribed = contextWindow !== null && (cost.input > 0 || cost.output > 0);
  const can: Ability[] = [];
  const lacks: Lack[] = [];
  if (supportsTools === false) lacks.push("tools");
  else if (isDescribed) can.push("tools");
  // That it does not reason is the package's default rather than a fact.
  if (reasoning) can.push("reasoning");
  const takesImages = input.includes("image");
  if (!takesImages && isDescribed) lacks.push("images");
  return {
    takes: takesImages ? ["text", "image"] : ["text"],
    ...(can.length > 0 ? { can } : {}),
    ...(lacks.length > 0 ? { lacks } : {}),
  };
}

function choosePrices(
  id: string,
  { known, info }: Found,
  { preferPi, withoutPrices }: ProviderSources,
): readonly DatedPrice[] | undefined {
  if (withoutPrices === true) return undefined;
  const own = known === undefined ? undefined : pricesOfPi(known.cost, id.endsWith(":free"));
  const other = info === undefined ? undefined : pricesOfGenai(info);
  if (own === undefined || other === undefined) return own ?? other;
  return preferPi?.test(id) === true && !isSameAtLast(own, other) ? own : other;
}

/** The other package's price then says more: what is kept for an hour, long prompts, earlier prices. */
function isSameAtLast(a: readonly DatedPrice[], b: readonly DatedPrice[]): boolean {
  const [last, other] = [a.at(-1), b.at(-1)];
  return a.length === 1 && last?.input === other?.input && last?.output === other?.output;
}

const PI_KINDS: Readonly<Record<string, ModelKind>> = {
  embedding: "embedding",
  rerank: "rerank",
  image: "image",
  stt: "transcription",
  tts: "speech",
};

/** Where the packages say nothing of the kind, it is read from the id. */
const KIND_BY_ID: readonly (readonly [RegExp, ModelKind])[] = [
  [/realtime|-live(-|$)|native-audio/i, "realtime"],
  [/rerank/i, "rerank"],
  [/embed|nvclip|\bbge-|^voyage-|\/bge-|-e5-/i, "embedding"],
  [/whisper|transcribe/i, "transcription"],
  [/(^|[-/])tts([-.]|$)/i, "speech"],
  [/dall-e|gpt-image|flux|imagen|-image(-|$)|imagine-image/i, "image"],
  [/moderation/i, "moderation"],
];

function kindOf(id: string, known: PiModel | undefined): ModelKind {
  return PI_KINDS[known?.kind ?? ""] ?? KIND_BY_ID.find(([pattern]) => pattern.test(id))?.[1] ?? "chat";
}

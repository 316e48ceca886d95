import type { Modality, ModelKind, ModelRow } from "../../src/catalog/model-card.ts";
import { catalogOverrides } from "../../src/catalog/overrides/index.ts";
import type { TokenRates } from "../../src/catalog/price.ts";
import { type HttpProviderType, providerProfiles } from "../../src/catalog/providers/index.ts";
import { applyOverrides } from "./apply-overrides.ts";
import { followReplacements } from "./follow-replacements.ts";
import { sourceDay } from "./notice.ts";
import { providerSources } from "./provider-sources.ts";
import { rowsOf } from "./rows.ts";
import { isServed } from "./served-kinds.ts";

/** The models of one provider type as its data file has them. */
export interface ProviderData {
  readonly type: HttpProviderType;
  readonly isPartial: boolean;
  /** In the order of the ids. */
  readonly rows: ReadonlyMap<string, ModelRow>;
}

/** The models of every provider type that has any. */
export function collectCatalog(): readonly ProviderData[] {
  return (Object.keys(providerProfiles) as HttpProviderType[]).flatMap((type) => {
    const sources = providerSources[type];
    if (sources === undefined) return [];
    const overrides = catalogOverrides.filter(({ provider }) => provider === type);
    const rows = followReplacements(applyOverrides(rowsOf(sources), overrides), sourceDay);
    const complete = withGifts(sources.soundAsText === true ? withSound(rows) : rows);
    const inOrder = [...complete]
      .filter(([, { kind }]) => isServed(providerProfiles[type], kind ?? "chat"))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return [{ type, isPartial: sources.isPartial === true, rows: new Map(inOrder) }];
  });
}

/** What models of a kind make, where it is no text. */
const GIFTS: Readonly<Partial<Record<ModelKind, readonly Modality[]>>> = {
  image: ["image"],
  speech: ["audio"],
};

function withGifts(rows: ReadonlyMap<string, ModelRow>): Map<string, ModelRow> {
  return new Map(
    [...rows].map(([id, row]) => {
      const gives = row.gives ?? GIFTS[row.kind ?? "chat"];
      return [id, gives === undefined ? row : { ...row, gives }];
    }),
  );
}

/** Sound at the price of text, for those that take it. */
function withSound(rows: ReadonlyMap<string, ModelRow>): Map<string, ModelRow> {
  const priced = <Rates extends TokenRates>(rates: Rates): Rates =>
    rates.input === undefined ? rates : { ...rates, audioInput: rates.audioInput ?? rates.input };
  return new Map(
    [...rows].map(([id, row]) => {
      if (row.prices === undefined || row.takes?.includes("audio") !== true) return [id, row];
      const prices = row.prices.map(({ longContext, ...price }) => ({
        ...priced(price),
        ...(longContext === undefined ? {} : { longContext: longContext.map(priced) }),
      }));
      return [id, { ...row, prices }];
    }),
  );
}

/** A line for each model, so that differences can be read. */
export function dataText({ isPartial, rows }: ProviderData): string {
  const lines = [...rows].map(([id, row]) => `${JSON.stringify(id)}:${JSON.stringify(inOrder(row))}`);
  return `{${isPartial ? '"isPartial":true,' : ""}"models":{\n${lines.join(",\n")}\n}}\n`;
}

const MEMBERS = [
  "name",
  "kind",
  "speaks",
  "contextWindow",
  "maxOutputTokens",
  "takes",
  "gives",
  "can",
  "lacks",
  "releasedOn",
  "deprecatedOn",
  "isDeprecated",
  "isRetired",
  "retiredOn",
  "replacement",
  "prices",
] as const satisfies readonly (keyof ModelRow)[];

function inOrder(row: ModelRow): ModelRow {
  return Object.fromEntries(MEMBERS.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
}

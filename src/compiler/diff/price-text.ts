import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { formatMoney } from "../../kernel/money.ts";

type Terms = Omit<ArtifactPrice, "changes">;
type Rates = Pick<Terms, (typeof rateKinds)[number]>;

/** Units other than tokens that may have a price. */
export const unitKinds = [
  ["each call", "perRequest"],
  ["an hour of sound", "perAudioHour"],
  ["a million characters", "perMillionCharacters"],
  ["each picture", "perImage"],
  ["a thousand searches", "perThousandSearches"],
] as const satisfies readonly (readonly [string, keyof Terms])[];

/** Kinds of tokens that have a rate. */
export const rateKinds = [
  "input",
  "output",
  "cacheRead",
  "cacheWrite",
  "cacheWriteHour",
  "reasoning",
  "audioInput",
  "audioOutput",
  "imageInput",
  "imageOutput",
] as const satisfies readonly (keyof Terms)[];

/** Kinds that are told only where they cost something else than usual. */
const OTHERS = [
  ["cache read", "cacheRead", "input"],
  ["cache write", "cacheWrite", "input"],
  ["one-hour cache write", "cacheWriteHour", "cacheWrite"],
  ["reasoning", "reasoning", "output"],
  ["audio input", "audioInput", "input"],
  ["audio output", "audioOutput", "output"],
  ["image input", "imageInput", "input"],
  ["image output", "imageOutput", "output"],
] as const satisfies readonly (readonly [string, keyof Rates, keyof Rates])[];

/** A part of a price that is told by a name of its own. */
export interface PriceKind {
  readonly name: string;
  readonly member: (typeof rateKinds)[number] | (typeof unitKinds)[number][1];
  /** What it costs where nothing else is said; null: nothing is. */
  readonly usual: (typeof rateKinds)[number] | null;
}

/** All parts of a price. */
export const priceKinds: readonly PriceKind[] = [
  { name: "input", member: "input", usual: null },
  { name: "output", member: "output", usual: null },
  ...OTHERS.map(([name, member, usual]) => ({ name, member, usual })),
  ...unitKinds.map(([name, member]) => ({ name, member, usual: null })),
];

/** A price in words: `input 1 USD, output 2 USD per million tokens`, and what else is charged for. */
export function priceText(price: ArtifactPrice | null): string {
  if (price === null) return "unknown";
  const changes = price.changes.map(({ fromMs, window, ...terms }) => {
    const day = fromMs === 0 ? "" : ` from ${new Date(fromMs).toISOString().slice(0, 10)}`;
    const hours = window === null ? "" : ` from ${clock(window.start)} to ${clock(window.end)} UTC`;
    return `${day}${hours} ${termsText(terms)}`.trimStart();
  });
  return [termsText(price, " per million tokens"), ...changes].join("; ");
}

/** The unit of the rates is said once. */
function termsText(terms: Terms, rateUnit = ""): string {
  const long = terms.longContext.map(
    ({ above, ...rates }) => `beyond ${above.toLocaleString("en-US")} tokens ${ratesText(rates)}`,
  );
  const units = unitKinds.flatMap(([name, unit]) => {
    const nano = terms[unit];
    return nano === null || (unit === "perRequest" && nano === 0) ? [] : [`${name} ${formatMoney(nano)}`];
  });
  const isByTokens = terms.input !== null || terms.output !== null;
  return [...(isByTokens ? [ratesText(terms) + rateUnit] : []), ...units, ...long].join(", ");
}

function ratesText(rates: Rates): string {
  const others = OTHERS.filter(([, kind, usual]) => rates[kind] !== null && rates[kind] !== rates[usual]);
  const kinds = [
    `input ${amount(rates.input)}`,
    `output ${amount(rates.output)}`,
    ...others.map(([name, kind]) => `${name} ${amount(rates[kind])}`),
  ];
  return kinds.join(", ");
}

function amount(nano: number | null): string {
  return nano === null ? "unknown" : formatMoney(nano);
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

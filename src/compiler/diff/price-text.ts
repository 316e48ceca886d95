import type { ArtifactPrice } from "../../artifact/artifact.ts";
import { formatMoney } from "../../kernel/money.ts";

type Terms = Omit<ArtifactPrice, "changes">;
type Rates = Omit<Terms, "perRequest" | "longContext">;

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
] as const satisfies readonly (keyof Rates)[];

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

/** A price in words: `input 1 USD, output 2 USD per million tokens`. */
export function priceText(price: ArtifactPrice | null): string {
  if (price === null) return "unknown";
  const changes = price.changes.map(({ fromMs, window, ...terms }) => {
    const day = fromMs === 0 ? "" : ` from ${new Date(fromMs).toISOString().slice(0, 10)}`;
    const hours = window === null ? "" : ` from ${clock(window.start)} to ${clock(window.end)} UTC`;
    return `${day}${hours} ${termsText(terms)}`.trimStart();
  });
  return `${[termsText(price), ...changes].join("; ")} per million tokens`;
}

function termsText(terms: Terms): string {
  const long = terms.longContext.map(
    ({ above, ...rates }) => `beyond ${above.toLocaleString("en-US")} tokens ${ratesText(rates)}`,
  );
  const each = terms.perRequest === 0 ? [] : [`each call ${formatMoney(terms.perRequest)}`];
  return [ratesText(terms), ...each, ...long].join(", ");
}

function ratesText(rates: Rates): string {
  const others = OTHERS.filter(([, kind, usual]) => rates[kind] !== null && rates[kind] !== rates[usual]);
  return [
    `input ${amount(rates.input)}`,
    `output ${amount(rates.output)}`,
    ...others.map(([name, kind]) => `${name} ${amount(rates[kind])}`),
  ].join(", ");
}

function amount(nano: number | null): string {
  return nano === null ? "unknown" : formatMoney(nano);
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** An amount as people write it in the config: `"500 USD"`, `"0.15 USD"`. US dollars only. */
export type Money = `${number} USD`;

/** Whole nano-USD (10^-9 US dollar). Integers only, so sums are exact. */
export type NanoUsd = number;

/** Nano-USD in one US dollar. */
export const NANO_PER_USD = 1_000_000_000;

const MONEY = /^(\d+)(?:\.(\d{1,9}))? USD$/;

/**
 * Nano-USD of an amount, or `undefined` when the text is not an amount with at most nine decimals or is
 * beyond what can be counted exactly (about nine million dollars).
 */
export function parseMoney(text: string): NanoUsd | undefined {
  const match = MONEY.exec(text);
  if (match === null) return undefined;
  const nano = Number(match[1]) * NANO_PER_USD + Number((match[2] ?? "").padEnd(9, "0"));
  return Number.isSafeInteger(nano) ? nano : undefined;
}

/** Exact text without trailing zeros: `formatMoney(1_500_000_000)` is `"1.5 USD"`. */
export function formatMoney(nano: NanoUsd): Money {
  return `${formatUsd(nano)} USD` as Money;
}

/** The number alone, exact, without an exponent: `formatUsd(150)` is `"0.00000015"`. */
export function formatUsd(nano: NanoUsd): string {
  const sign = nano < 0 ? "-" : "";
  const digits = String(Math.abs(nano)).padStart(10, "0");
  const point = digits.length - 9;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === 0x30) end--;
  const whole = sign + digits.slice(0, point);
  return end === point ? whole : `${whole}.${digits.slice(point, end)}`;
}

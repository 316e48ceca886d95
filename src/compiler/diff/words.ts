/** Names listed in a sentence before the rest is only counted. */
const MOST_NAMES = 4;

/** A whole number with its thousands marked: `10,000`. */
export function countText(count: number): string {
  return count.toLocaleString("en-US");
}

/** A count and what is counted: `1 key`, `10,000 keys`. */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${count === 1 ? noun : pluralOf(noun)}`;
}

/** A few names in full, many as a count: `model fast`, `models a, b`, `497 endpoints`. */
export function namesText(noun: string, names: readonly string[]): string {
  if (names.length > MOST_NAMES) return plural(names.length, noun);
  return `${names.length === 1 ? noun : pluralOf(noun)} ${names.join(", ")}`;
}

/** Whether `namesText` leaves names out, so that details have to list them. */
export function isCountedOnly(names: readonly string[]): boolean {
  return names.length > MOST_NAMES;
}

/** `old → new`. */
export function arrow(before: string, after: string): string {
  return `${before} → ${after}`;
}

function pluralOf(noun: string): string {
  return noun.endsWith("y") && !/[aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

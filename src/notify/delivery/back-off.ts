/** How often a message is tried; with the pauses below that takes about a day. */
export const MAX_ATTEMPTS = 20;

const FIRST_MS = 30_000;
const LONGEST_MS = 4 * 60 * 60 * 1000;

/**
 * Milliseconds until a message is tried again: anything up to a bound that doubles with each attempt, so that messages
 * which failed together do not come back together. Null: it is not tried again.
 * @param attempts how often it was tried so far
 * @param random from 0 to below 1
 */
export function backOffMs(attempts: number, random: number): number | null {
  if (attempts >= MAX_ATTEMPTS) return null;
  return Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1)));
}

const MASK = "[redacted]";

/** Headers of every call whose values are no secret; all others came from the config. */
const PLAIN = /^(?:host|content-type|accept|accept-encoding|user-agent):/;

/** Shorter values are found in ordinary words. */
const MIN_LENGTH = 8;

/**
 * A text of an upstream without the credentials that were sent to it: some quote them in their errors.
 * @param head head of the call to it, as in `ProviderConnection.chatHead`
 */
export function withoutOwnCredentials(text: string, head: string): string {
  let safe = text;
  for (const line of head.split("\r\n").slice(1)) {
    if (PLAIN.test(line)) continue;
    const value = line.slice(line.indexOf(":") + 1).trim();
    const bare = value.replace(/^(?:bearer|basic) /i, "");
    if (bare.length >= MIN_LENGTH) safe = safe.replaceAll(bare, MASK);
  }
  return safe;
}

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Answers the id under which a tool call is known to the vendor. */
export type ToolCallIds = (id: string) => string;

/**
 * Ids for a vendor that takes letters and digits of one length only. An id that fits stays; any other becomes a hash of
 * itself, the same in every request, so that calls and results still find each other and prompt caches still match.
 * @param length 0 for a vendor that takes any id
 */
export function toolCallIds(length: number): ToolCallIds {
  if (length === 0) return (id) => id;
  const fits = new RegExp(`^[0-9A-Za-z]{${length}}$`);
  return (id) => (fits.test(id) ? id : hashed(id, length));
}

function hashed(id: string, length: number): string {
  let text = "";
  for (let seed = 0n; text.length < length; seed++) {
    for (let rest = Bun.hash.wyhash(id, seed); rest > 0n && text.length < length; rest /= 62n) {
      text += DIGITS[Number(rest % 62n)];
    }
  }
  return text;
}

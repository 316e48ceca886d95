/**
 * One member's address in the one form that addresses are compared in: lower case.
 * Letters outside of ASCII are refused: some of them become ASCII letters in lower case (the Kelvin sign a `k`), and
 * then a stranger's address is a member's.
 * @returns `undefined` where the text is no address
 */
export function readMemberAddress(text: unknown): string | undefined {
  if (typeof text !== "string" || text.length > 254) return undefined;
  return /^[!-?A-~]+@[0-9A-Za-z.-]+$/.test(text) ? text.toLowerCase() : undefined;
}

/** Whether an address is at one of the domains, and not merely below one. */
export function isAtDomain(address: string, domains: readonly string[]): boolean {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  return domains.some((allowed) => allowed.toLowerCase() === domain);
}

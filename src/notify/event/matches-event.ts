/**
 * Whether a pattern names an event: its whole name (`key.revoked`), all of a kind (`subscription.*`), or all (`*`).
 * Anything else names nothing.
 */
export function matchesEvent(pattern: string, name: string): boolean {
  if (pattern === "*" || pattern === name) return true;
  return pattern.endsWith(".*") && pattern.length > 2 && name.startsWith(pattern.slice(0, -1));
}

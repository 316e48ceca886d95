import type { Loss } from "../canonical/loss.ts";

/**
 * Names members inside of a request that nothing reads; they are left out without harm.
 * @param known names that are read, or that say nothing of what is asked for
 * @param path where the members stand in the caller's body
 */
export function noteUnknownMembers(
  members: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
  path: string,
  losses: Loss[],
): void {
  for (const name of Object.keys(members)) {
    if (known.has(name) || members[name] === undefined || members[name] === null) continue;
    losses.push({ path: `${path}.${name}`, isHarmless: true, reason: "is not known" });
  }
}

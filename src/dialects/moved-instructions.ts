import type { Loss } from "../canonical/loss.ts";

/**
 * Names instructions in the middle of a conversation whose target has them at the beginning alone.
 * @param path of the message, in the canonical request
 * @param vendor whose place it is, for people
 */
export function movedInstructions(path: string, vendor: string): Loss {
  const reason = `moves to the beginning, where ${vendor} has instructions`;
  return { path, isHarmless: true, isChanged: true, reason };
}

import type { AssistantPart, ToolResultPart, UserPart } from "../canonical/content.ts";
import type { Loss } from "../canonical/loss.ts";

/**
 * Names the citations of an earlier text where the target cannot be told any: its words are told all the same.
 * @param path of the part, in the canonical request
 * @param vendor for people
 */
export function noteCitations(
  part: AssistantPart | UserPart | ToolResultPart,
  path: string,
  vendor: string,
  losses: Loss[],
): void {
  if (part.type !== "text" || part.citations === undefined || part.citations.length === 0) return;
  losses.push({ path: `${path}.citations`, isHarmless: true, reason: `cannot be told to ${vendor}` });
}

import { noTokens, type Usage } from "../../canonical/usage.ts";

/** Usage of a text that was spoken: the tokens that were told, if any, and always its characters. */
export function speechUsage(tokens: Usage | undefined, input: string): Usage {
  return { ...(tokens ?? noTokens), characters: countCharacters(input) };
}

/** Unicode code points of a text. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    // The second half of a pair is none of its own.
    const isSecond =
      (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (!isSecond) count++;
  }
  return count;
}

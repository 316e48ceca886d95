import type { DemoTool, DemoTools } from "./tools.ts";

/**
 * The tools that an answer calls: those that the message names, in the order of their first mention, else the
 * first one where a call is required. A name counts in any letter case and with spaces for `_` and `-`.
 */
export function chooseTools(tools: DemoTools, message: string): readonly DemoTool[] {
  const words = plainWords(message);
  const named = tools.callable
    .map((tool) => ({ tool, at: words.indexOf(plainWords(tool.name)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ tool }) => tool);
  const chosen = named.length === 0 && tools.required ? tools.callable.slice(0, 1) : named;
  return tools.parallel ? chosen : chosen.slice(0, 1);
}

/** Letters and digits in lower case, each word between single spaces, so that only whole words are found. */
function plainWords(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join(" ")} `;
}

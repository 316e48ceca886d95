import type { ArtifactPrompt } from "../../artifact/artifact.ts";
import type { PromptPart } from "../../artifact/schema/prompt.ts";

/** A prompt as lines that a reader of the config recognises: slots in braces, the role before each message. */
export function promptLines(prompt: ArtifactPrompt): readonly string[] {
  return prompt.flatMap(({ role, parts }) => {
    const [first = "", ...rest] = partsText(parts).split("\n");
    return [`${role}: ${first}`, ...rest.map((line) => `  ${line}`)];
  });
}

function partsText(parts: readonly PromptPart[]): string {
  return parts.map(partText).join("");
}

function partText(part: PromptPart): string {
  if (typeof part === "string") return part;
  const slot = [part.variable === 0 ? [] : [`item${part.variable}`], part.path].flat().join(".") || "input";
  switch (part.kind) {
    case "value":
      return `{${slot}}`;
    case "json":
      return `{json ${slot}}`;
    case "list":
      return `{each ${slot} as item${part.binds}: ${partsText(part.parts)}${separatorText(part.separator)}}`;
    case "optional": {
      const otherwise = part.otherwise.length === 0 ? "" : ` | ${partsText(part.otherwise)}`;
      return `{if ${slot} as item${part.binds}: ${partsText(part.parts)}${otherwise}}`;
    }
  }
}

function separatorText(separator: string): string {
  return separator === "\n" ? "" : ` separated by ${JSON.stringify(separator)}`;
}

import type { PromptPart as DeclaredPart } from "../../../sdk/config/prompt.ts";
import type { PromptPart } from "../../artifact/schema/prompt.ts";

/** A part of a prompt as the artifact holds it. */
function lowerPart(part: DeclaredPart): PromptPart {
  if (typeof part === "string") return part;
  // A prompt with a mistake never gets into an artifact.
  if (part.kind === "mistake") return "";
  const { variable, path } = part.slot;
  switch (part.kind) {
    case "value":
    case "json":
      return { kind: part.kind, variable, path };
    case "list": {
      const { separator } = part;
      return { kind: "list", variable, path, binds: part.variable, separator, parts: lowerParts(part.parts) };
    }
    case "optional": {
      const otherwise = lowerParts(part.otherwise);
      return {
        kind: "optional",
        variable,
        path,
        binds: part.variable,
        parts: lowerParts(part.parts),
        otherwise,
      };
    }
  }
}

/** Parts with neighbouring texts made one, so that the same prompt has the same data however it was put together. */
export function lowerParts(parts: readonly DeclaredPart[]): PromptPart[] {
  const out: PromptPart[] = [];
  for (const part of parts.map(lowerPart)) {
    const last = out.at(-1);
    if (typeof part === "string" && typeof last === "string") out[out.length - 1] = last + part;
    else out.push(part);
  }
  return out;
}

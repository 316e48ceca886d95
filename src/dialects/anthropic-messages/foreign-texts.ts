import type { TargetTraits } from "../dialect.ts";
import { type AnthropicQuirks, readQuirks } from "./quirks.ts";
import { sealPrefix } from "./sealed-signature.ts";

/**
 * Texts of requests that a target would refuse as they are: thinking of other vendors, and what the model does not
 * take. A text that only quotes one of them costs a translation. On Vertex AI the model stands in the path and a version
 * in the body, so that nothing passes.
 */
export function foreignTexts(traits: TargetTraits): readonly string[] | "all" {
  const quirks = readQuirks(traits);
  return quirks.isVertex ? "all" : [sealPrefix, ...refusedTexts(quirks)];
}

/** Members and values as they are written with and without a space; names alone could be those of a tool's arguments. */
function refusedTexts(quirks: AnthropicQuirks): readonly string[] {
  const refused: (readonly [name: string, value: string])[] = [];
  if (quirks.thinking === "adaptive") refused.push(["type", '"enabled"']);
  if (quirks.thinking === "budget") refused.push(["type", '"adaptive"']);
  if (quirks.off !== "disabled") refused.push(["type", '"disabled"']);
  if (!quirks.hasForcedTools) refused.push(["type", '"any"'], ["type", '"tool"']);
  if (!quirks.hasOutputFormat) refused.push(["type", '"json_schema"']);
  if (!quirks.hasStrictTools) refused.push(["strict", "true"]);
  // 1 is the default, which is taken all the same.
  if (!quirks.hasSampling) refused.push(["temperature", "0"], ["top_p", "0"]);
  return refused.flatMap(([name, value]) => [`"${name}":${value}`, `"${name}": ${value}`]);
}

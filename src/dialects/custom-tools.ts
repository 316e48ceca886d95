import type { ChatDialectName } from "../canonical/content.ts";
import { isJsonObject } from "../kernel/json.ts";

const TYPES: ReadonlySet<unknown> = new Set(["custom", "custom_tool_call", "custom_tool_call_output"]);

/**
 * Why what only one dialect knows is not told to another of OpenAI's APIs. Both have custom tools, which are not
 * translated; of all else `otherwise` holds.
 * Wire format: https://platform.openai.com/docs/guides/function-calling#custom-tools
 */
export function foreignReason(
  { dialect, value }: { readonly dialect: ChatDialectName; readonly value: unknown },
  otherwise: string,
): string {
  const isOpenAi = dialect === "openai-chat" || dialect === "openai-responses";
  return isOpenAi && isJsonObject(value) && TYPES.has(value["type"])
    ? "is of a custom tool, which only a target of the caller's own dialect is told"
    : otherwise;
}

import type { Loss } from "../canonical/loss.ts";
import type { Tool, ToolChoice } from "../canonical/tool.ts";

/**
 * Names of the tools to which a choice narrows the others down; `undefined` for all. A choice that allows none of the
 * tools there are leaves the model without any, which is told to the caller: it may be a slip. None can be forced then.
 */
export function allowedTools(
  tools: readonly Tool[],
  choice: ToolChoice | undefined,
  lose: (loss: Loss) => void,
): readonly string[] | undefined {
  if (choice?.type !== "auto" && choice?.type !== "required") return undefined;
  const { type, allowed } = choice;
  if (allowed === undefined || tools.length === 0 || tools.some(({ name }) => allowed.includes(name)))
    return allowed;
  const reason = "allows none of the tools of the request";
  lose({ path: { field: "toolChoice" }, isHarmless: type === "auto", reason });
  return allowed;
}

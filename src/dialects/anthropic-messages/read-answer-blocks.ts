import type { AssistantPart, Signature, ToolCallPart } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { argumentsText, callWord } from "../malformed-call.ts";
import { readCitations } from "./citation.ts";

/**
 * Blocks of an answer of Anthropic's as canonical parts. What only Anthropic knows, such as the steps of its own
 * tools, is kept as it is.
 * @throws MalformedCallError
 * Wire format: https://docs.anthropic.com/en/api/messages (`content`)
 */
export function readAnswerBlocks(blocks: readonly unknown[]): AssistantPart[] {
  return blocks.flatMap((block) => {
    const part = isJsonObject(block) ? readAnswerBlock(block as JsonObject) : undefined;
    return part === undefined ? [] : [part];
  });
}

/** One block; `undefined` where it lacks what its kind has to have. @throws MalformedCallError for a call that does. */
export function readAnswerBlock(block: JsonObject): AssistantPart | undefined {
  const { type, text, thinking, signature, data } = block;
  switch (type) {
    case "text": {
      if (typeof text !== "string") return undefined;
      const citations = readCitations(block["citations"]);
      return { type, text, ...(citations.length > 0 && { citations }) };
    }
    case "thinking":
      return typeof thinking === "string"
        ? { type: "reasoning", text: thinking, ...signed("signature", signature) }
        : undefined;
    case "redacted_thinking":
      return typeof data === "string"
        ? { type: "reasoning", text: "", ...signed("redacted", data) }
        : undefined;
    case "tool_use":
      return readToolUse(block, block["input"]);
    default:
      return typeof type === "string"
        ? { type: "vendor", dialect: "anthropic-messages", value: block }
        : undefined;
  }
}

/**
 * A call of a tool; who made it, where it was not the model itself, is kept as the call's signature.
 * @throws MalformedCallError
 */
function readToolUse(block: JsonObject, input: unknown): ToolCallPart {
  const id = callWord(block["id"], "id");
  const name = callWord(block["name"], "name");
  return { type: "tool-call", id, name, arguments: argumentsText(input), ...callerOf(block) };
}

/** The signature that keeps who called a tool (code, or a set of tools) until the call comes back. */
export function callerOf({ caller, toolset_name }: JsonObject): Pick<ToolCallPart, "signature"> {
  const isIndirect = isJsonObject(caller) && caller["type"] !== "direct";
  if (!isIndirect && typeof toolset_name !== "string") return {};
  const value = JSON.stringify({
    ...(isIndirect && { caller }),
    ...(typeof toolset_name === "string" && { toolset_name }),
  });
  return { signature: { dialect: "anthropic-messages", value } };
}

function signed<N extends string>(name: N, value: unknown): { readonly [K in N]?: Signature } {
  if (typeof value !== "string" || value === "") return {};
  return { [name]: { dialect: "anthropic-messages", value } } as { readonly [K in N]?: Signature };
}

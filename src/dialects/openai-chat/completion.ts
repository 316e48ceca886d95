import type { Usage } from "../../canonical/usage.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { readChatUsage } from "./usage.ts";

/** The parts of a completion's first choice that an endpoint needs. */
export interface ChatCompletionText {
  readonly text: string;
  readonly finishReason: string | null;
  /** What the model said when it refused to answer. */
  readonly refusal: string | null;
  readonly usage: Usage | undefined;
}

/** Reads a completion's first choice; `undefined` where the bytes are no completion. */
export function readChatCompletion(body: Uint8Array): ChatCompletionText | undefined {
  const completion = tryParseJson(new TextDecoder().decode(body));
  if (!isJsonObject(completion) || !Array.isArray(completion["choices"])) return undefined;
  const [choice] = completion["choices"] as readonly unknown[];
  if (!isJsonObject(choice) || !isJsonObject(choice["message"])) return undefined;
  const { content, refusal } = choice["message"];
  const finishReason = choice["finish_reason"];
  return {
    text: typeof content === "string" ? content : "",
    finishReason: typeof finishReason === "string" ? finishReason : null,
    refusal: typeof refusal === "string" && refusal !== "" ? refusal : null,
    usage: readChatUsage(completion["usage"]),
  };
}

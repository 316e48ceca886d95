import type { ReasoningPart, Signature } from "../../canonical/content.ts";
import { seal, unseal } from "./sealed-signature.ts";

/** The signature of a caller's `thinking` block, for what is known of the part by its end. */
export function sealReasoning({
  signature,
  id,
  isSummary,
}: Pick<ReasoningPart, "signature" | "id" | "isSummary">): string {
  if (signature?.dialect === "anthropic-messages") return signature.value;
  return seal({
    ...(signature !== undefined && { signature }),
    ...(id !== undefined && { id }),
    ...(isSummary === true && { isSummary }),
  });
}

/** The `data` of a caller's `redacted_thinking` block. */
export function sealRedacted(redacted: Signature, id: string | undefined): string {
  if (redacted.dialect === "anthropic-messages") return redacted.value;
  return seal({ redacted, ...(id !== undefined && { id }) });
}

/** Thinking, from a `thinking` block that comes back. */
export function openReasoning(text: string, signature: string): ReasoningPart {
  if (signature === "") return { type: "reasoning", text };
  const sealed = unseal(signature);
  if (sealed === undefined)
    return { type: "reasoning", text, signature: { dialect: "anthropic-messages", value: signature } };
  const { redacted: _, isOfPrevious: __, ...members } = sealed;
  return { type: "reasoning", text, ...members };
}

/** Thinking, from a `redacted_thinking` block that comes back. */
export function openRedacted(data: string): ReasoningPart {
  const sealed = unseal(data) ?? { redacted: { dialect: "anthropic-messages", value: data } };
  const { id, redacted } = sealed;
  return {
    type: "reasoning",
    text: "",
    ...(id !== undefined && { id }),
    ...(redacted !== undefined && { redacted }),
  };
}

import fc from "fast-check";
import type { AssistantPart } from "../../../../src/canonical/content.ts";
import type { StreamEvent } from "../../../../src/canonical/stream-event.ts";

const words = fc.string({ minLength: 1, maxLength: 20 });
const signature = fc.record({
  dialect: fc.constantFrom("anthropic-messages", "gemini", "openai-responses"),
  value: fc.stringMatching(/^[A-Za-z0-9+/.]{1,12}$/),
});
const foreign = fc.record({
  dialect: fc.constantFrom("anthropic-messages", "gemini"),
  value: fc.stringMatching(/^[A-Za-z0-9+/.]{1,12}$/),
});
const optional = { requiredKeys: ["type", "text"] as ["type", "text"] };
const citation = fc.record({ url: fc.webUrl(), title: words, start: fc.nat(9), end: fc.nat(9) });

/** A part of a model's answer, of whatever vendor. */
const part = fc.oneof(
  fc.record(
    {
      type: fc.constant("text"),
      text: words,
      citations: fc.array(citation, { minLength: 1, maxLength: 2 }),
      signature,
    },
    optional,
  ),
  fc.record({ type: fc.constant("refusal"), text: words }),
  fc.record(
    { type: fc.constant("reasoning"), text: words, isSummary: fc.constant(true), signature },
    optional,
  ),
  fc.record({ type: fc.constant("reasoning"), text: fc.constant(""), redacted: signature }),
  fc.record(
    {
      type: fc.constant("tool-call"),
      id: fc.uuid(),
      name: fc.stringMatching(/^[a-z]{1,8}$/),
      arguments: fc.json({ maxDepth: 1 }),
      signature: foreign,
    },
    { requiredKeys: ["type", "id", "name", "arguments"] },
  ),
  fc.record({
    type: fc.constant("image"),
    source: fc.constant({ kind: "base64", mediaType: "image/png", data: "iVBORw==" }),
  }),
) as fc.Arbitrary<AssistantPart>;

/** What a model may say. */
export const answerContent: fc.Arbitrary<readonly AssistantPart[]> = fc.array(part, { maxLength: 6 });

/** The events of a stream that says it, cut in pieces of a few characters. */
export function streamOf(content: readonly AssistantPart[], size: number): readonly StreamEvent[] {
  return [
    { type: "start", id: "resp_1", model: "m", createdS: 7 },
    ...content.flatMap((value, index) => eventsOf(value, index, size)),
    { type: "finish", choice: 0, reason: "stop" },
    { type: "usage", usage: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, reasoning: 0 } },
    { type: "end" },
  ];
}

function eventsOf(value: AssistantPart, index: number, size: number): readonly StreamEvent[] {
  const at = { choice: 0, part: index };
  if (value.type === "image" || value.type === "vendor")
    return [{ type: "whole-part", ...at, content: value }];
  const text = value.type === "tool-call" ? value.arguments : value.type === "spoken" ? "" : value.text;
  const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  const begin = ((): Extract<StreamEvent, { type: "part-start" }>["content"] => {
    switch (value.type) {
      case "tool-call":
        return { type: "tool-call", id: value.id, name: value.name };
      case "reasoning": {
        const { isSummary, redacted, id } = value;
        return {
          type: "reasoning",
          ...(id !== undefined && { id }),
          ...(isSummary !== undefined && { isSummary }),
          ...(redacted !== undefined && { redacted }),
        };
      }
      default:
        return { type: value.type };
    }
  })();
  const signature = "signature" in value ? value.signature : undefined;
  const citations = value.type === "text" ? (value.citations ?? []) : [];
  return [
    { type: "part-start", ...at, content: begin },
    ...pieces.map((piece) => ({ type: "delta", ...at, text: piece }) as const),
    ...citations.map((citation) => ({ type: "citation", ...at, citation }) as const),
    ...(signature === undefined ? [] : [{ type: "signature", ...at, signature } as const]),
    { type: "part-end", ...at },
  ];
}

import type { ChatChoice, ChatResponse, TokenLogprob } from "../../../../src/canonical/chat-response.ts";
import type { AssistantPart, Citation } from "../../../../src/canonical/content.ts";
import type { StreamEvent, StreamedPart } from "../../../../src/canonical/stream-event.ts";

type Growing = { -readonly [K in keyof AssistantPart]: AssistantPart[K] } & {
  text?: string;
  arguments?: string;
  transcript?: string;
  citations?: readonly Citation[];
  signature?: unknown;
};

/** The whole answer that a stream's events make; `undefined` where the stream has no end. */
export function answerOf(events: readonly StreamEvent[]): ChatResponse | undefined {
  const start = events.find((event) => event.type === "start");
  const finish = events.find((event) => event.type === "finish");
  if (start === undefined || finish === undefined || events.at(-1)?.type !== "end") return undefined;
  const parts = new Map<number, Growing>();
  const logprobs: TokenLogprob[] = [];
  for (const event of events) grow(parts, logprobs, event);
  const content = [...parts.entries()].sort(([a], [b]) => a - b).map(([, part]) => part as AssistantPart);
  const usage = events.find((event) => event.type === "usage");
  const { id, model, createdS, serviceTier } = start;
  const choice: ChatChoice = {
    index: 0,
    content,
    finishReason: finish.reason,
    ...(logprobs.length > 0 && { logprobs }),
  };
  return {
    id,
    model,
    choices: [choice],
    ...(createdS !== undefined && { createdS }),
    ...(usage !== undefined && { usage: usage.usage }),
    ...(serviceTier !== undefined && { serviceTier }),
  };
}

function grow(parts: Map<number, Growing>, logprobs: TokenLogprob[], event: StreamEvent): void {
  if (event.type === "logprobs") logprobs.push(...event.logprobs);
  if (event.type === "part-start") parts.set(event.part, begun(event.content));
  if (event.type === "whole-part") parts.set(event.part, event.content as Growing);
  if (!("part" in event)) return;
  const part = parts.get(event.part);
  if (part === undefined) throw new Error(`part ${event.part} has not begun`);
  if (event.type === "citation") part.citations = [...(part.citations ?? []), event.citation];
  if (event.type === "signature") part.signature = event.signature;
  if (event.type === "part-end" && part.type === "tool-call" && part.arguments === "") part.arguments = "{}";
  if (event.type !== "delta") return;
  if (part.type === "tool-call") part.arguments += event.text;
  else if (part.type === "spoken") part.transcript = (part.transcript ?? "") + event.text;
  else part.text += event.text;
}

function begun(content: StreamedPart): Growing {
  if (content.type === "tool-call") return { ...content, arguments: "" } as Growing;
  return (content.type === "spoken" ? content : { ...content, text: "" }) as Growing;
}

import type { ChatResponse } from "../../src/canonical/chat-response.ts";
import type { AssistantPart, Citation, Signature } from "../../src/canonical/content.ts";
import type { FinishReason } from "../../src/canonical/finish-reason.ts";
import type { StreamEvent, StreamedPart } from "../../src/canonical/stream-event.ts";
import type { Usage } from "../../src/canonical/usage.ts";

interface Growing {
  readonly content: StreamedPart;
  text: string;
  readonly citations: Citation[];
  signature: Signature | undefined;
  isOpen: boolean;
}

/**
 * Puts the events of a whole stream together to the answer that they tell (its first choice), and holds them to their
 * order. Throws where they break it.
 */
export function collectStream(events: readonly StreamEvent[]): ChatResponse {
  const [start] = events;
  if (start?.type !== "start") throw new Error(`begins with ${start?.type ?? "nothing"}`);
  if (events.at(-1)?.type !== "end") throw new Error(`ends with ${events.at(-1)?.type ?? "nothing"}`);
  const parts: (Growing | AssistantPart)[] = [];
  let finish: { readonly reason: FinishReason; readonly stopText?: string } | undefined;
  let usage: Usage | undefined;
  const open = (part: number): Growing => {
    const growing = parts[part];
    if (growing === undefined || !("isOpen" in growing) || !growing.isOpen || finish !== undefined)
      throw new Error(`part ${part} is not open`);
    return growing;
  };
  const place = (part: number, value: Growing | AssistantPart): void => {
    if (part !== parts.length) throw new Error(`part ${part} comes after ${parts.length - 1}`);
    parts.push(value);
  };
  for (const event of events.slice(1)) {
    if (event.type === "part-start")
      place(event.part, {
        content: event.content,
        text: "",
        citations: [],
        signature: undefined,
        isOpen: true,
      });
    else if (event.type === "whole-part") place(event.part, event.content);
    else if (event.type === "delta") open(event.part).text += event.text;
    else if (event.type === "citation") open(event.part).citations.push(event.citation);
    else if (event.type === "signature") open(event.part).signature = event.signature;
    else if (event.type === "part-end") open(event.part).isOpen = false;
    else if (event.type === "usage" && usage === undefined) usage = event.usage;
    else if (event.type === "finish" && finish === undefined) finish = event;
    else if (event.type === "end" || event.type === "ping") continue;
    else throw new Error(`${event.type} in the wrong place`);
  }
  if (finish === undefined) throw new Error("no finish");
  const { id, model, serviceTier } = start;
  return {
    id,
    model,
    choices: [
      {
        index: 0,
        content: parts.map((part) => ("isOpen" in part ? settle(part) : part)),
        finishReason: finish.reason,
        ...(finish.stopText !== undefined && { stopText: finish.stopText }),
      },
    ],
    ...(usage !== undefined && { usage }),
    ...(serviceTier !== undefined && { serviceTier }),
  };
}

function settle({ content, text, citations, signature, isOpen }: Growing): AssistantPart {
  if (isOpen) throw new Error("a part was left open");
  const signed = signature !== undefined && { signature };
  switch (content.type) {
    case "text":
      return {
        type: "text",
        text,
        ...(content.isAnswer === true && { isAnswer: true as const }),
        ...(citations.length > 0 && { citations }),
        ...signed,
      };
    case "reasoning":
      return { ...content, text, ...signed };
    case "tool-call":
      return { ...content, arguments: text, ...signed };
    case "refusal":
      return { type: "refusal", text };
    case "spoken":
      return { ...content, transcript: text };
  }
}

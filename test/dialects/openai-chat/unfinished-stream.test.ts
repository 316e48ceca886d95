import { expect, test } from "bun:test";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { openaiChat } from "../../../src/dialects/openai-chat/index.ts";

function decode(...events: readonly string[]): readonly StreamEvent[] {
  const told: StreamEvent[] = [];
  const decoder = openaiChat.egress.decodeStream({ upstreamModel: "m" }, (event) => told.push(event));
  for (const event of events) decoder.push(Buffer.from(`data: ${event}\n\n`));
  decoder.close();
  return told;
}

const said = (content: string, reason: string | null, index = 0): string =>
  JSON.stringify({ id: "a", choices: [{ index, delta: { content }, finish_reason: reason }] });

const ends = (events: readonly StreamEvent[]): readonly unknown[] =>
  events.flatMap((event) =>
    event.type === "finish"
      ? [event.reason]
      : event.type === "end" || event.type === "error"
        ? [event.type]
        : [],
  );

test.each<[string, readonly string[]]>([
  ["no reason at all", [said("Hel", null), "[DONE]"]],
  ["empty reasons only", [said("Hel", ""), said("lo", ""), "[DONE]"]],
  ["a reason for one of its choices only", [said("Hel", "stop"), said("lo", null, 1), "[DONE]"]],
  ["a reason after its end marker", [said("Hel", null), "[DONE]", said("", "stop"), "[DONE]"]],
])("a stream with an end marker and %s was cut", (_what, events) => {
  expect(ends(decode(...events))).toEqual([]);
});

test.each<[string, readonly string[]]>([
  ["empty reasons before the last", [said("Hel", ""), said("lo", "stop"), "[DONE]"]],
  ["empty reasons after it", [said("Hel", null), said("lo", "stop"), said("", ""), "[DONE]"]],
  ["no end marker", [said("Hello", "stop")]],
])("a stream with %s is whole", (_what, events) => {
  expect(ends(decode(...events))).toEqual(["stop", "end"]);
});

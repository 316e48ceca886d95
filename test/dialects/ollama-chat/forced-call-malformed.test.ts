import { expect, test } from "bun:test";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import { unlessMalformed } from "../../../src/dialects/malformed-call.ts";
import { callOfText } from "../../../src/dialects/ollama-chat/forced-call.ts";
import { ForcedCallStream } from "../../../src/dialects/ollama-chat/forced-call-stream.ts";

const form = { name: undefined };
const choiceOf = (text: string, finishReason: "stop" | "length") =>
  ({ index: 0, content: [{ type: "text", text }], finishReason }) as const;

test.each(['{"arguments":{}}', '{"name":5,"arguments":{}}', '{"name":"look"'])(
  "a whole text that has to be a call and is %s is no answer, unless it was cut",
  (text) => {
    expect(unlessMalformed(() => callOfText(choiceOf(text, "stop"), form, "a"))).toBeUndefined();
    expect(callOfText(choiceOf(text, "length"), form, "a").content).toEqual([]);
  },
);

test.each([
  ["stop", ["start", "error"]],
  ["length", ["start", "finish", "end"]],
] as const)("a streamed one that ends for %s tells %j", (reason, told) => {
  const events: StreamEvent[] = [];
  const stream = new ForcedCallStream(form, (event) => events.push(event));
  const part = { choice: 0, part: 0 } as const;
  stream.take({ type: "start", id: "a", model: "m" });
  stream.take({ type: "part-start", ...part, content: { type: "text" } });
  stream.take({ type: "delta", ...part, text: '{"name":5}' });
  stream.take({ type: "part-end", ...part });
  stream.take({ type: "finish", choice: 0, reason });
  stream.take({ type: "end" });
  expect(events.map(({ type }) => type)).toEqual([...told]);
});

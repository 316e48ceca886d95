import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { BackgroundEvents } from "../../../src/dialects/openai-responses/background-events.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const answer = { id: "resp_lk_1", model: "fast", createdS: 1_700_000_000, request: { input: "Hello" } };

function told() {
  const events: JsonObject[] = [];
  const made = new BackgroundEvents(answer, (text) => {
    const [, name, data] = /^event: (.+)\ndata: (.+)\n\n$/.exec(text) ?? [];
    const event = JSON.parse(data ?? "null") as JsonObject;
    expect(event["type"]).toBe(name ?? "");
    events.push(event);
  });
  return { made, events };
}

const sse = (...events: readonly JsonObject[]): string =>
  events.map((event) => `event: ${String(event["type"])}\ndata: ${JSON.stringify(event)}\n\n`).join("");

const theirs = { id: "resp_vendors", model: "vendors-model", background: false, output: [] };
const stream = sse(
  { type: "response.created", sequence_number: 0, response: { ...theirs, status: "in_progress" } },
  { type: "response.in_progress", sequence_number: 1, response: { ...theirs, status: "in_progress" } },
  { type: "response.output_text.delta", sequence_number: 2, item_id: "msg_1", delta: "Grüezi" },
  { type: "response.completed", sequence_number: 3, response: { ...theirs, status: "completed" } },
);
const numbers = (events: readonly JsonObject[]) => events.map((event) => event["sequence_number"]);

describe("events of an answer in the background", () => {
  test("begin when it is queued, go on under its own name, and end when it is kept", () => {
    const { made, events } = told();
    made.begin();
    made.push(new TextEncoder().encode(stream));
    made.close();
    expect(events.map(({ type }) => type)).toEqual([
      ...["response.created", "response.queued", "response.in_progress", "response.output_text.delta"],
    ]);
    const own = { id: "resp_lk_1", model: "fast", background: true };
    expect(events[0]).toMatchObject({ response: { ...own, status: "queued" } });
    expect(events[2]).toMatchObject({ response: { ...own, status: "in_progress" } });
    expect(events[3]).toEqual({
      ...{ type: "response.output_text.delta", sequence_number: 3, item_id: "msg_1", delta: "Grüezi" },
    });
    expect(made.response).toMatchObject({ ...own, status: "completed", store: true });
    made.end(made.response ?? {});
    expect(events.at(-1)).toMatchObject({ type: "response.completed", response: own });
    expect(numbers(events)).toEqual([0, 1, 2, 3, 4]);
  });

  test("are the same wherever the stream is cut", () => {
    const bytes = new TextEncoder().encode(stream);
    const whole = told();
    whole.made.push(bytes);
    for (let at = 0; at <= bytes.length; at++) {
      const cut = told();
      cut.made.push(bytes.slice(0, at));
      cut.made.push(bytes.slice(at));
      expect(cut.events).toEqual(whole.events);
      expect(cut.made.response).toEqual(whole.made.response);
    }
  });

  test("of a stream that breaks off end with what went wrong", () => {
    const { made, events } = told();
    const error = { type: "server_error", code: "LK-3008", message: "It broke off." };
    made.push(new TextEncoder().encode(sse({ type: "error", message: "It broke off.", error })));
    expect(made.response).toMatchObject({ status: "failed", error: { message: "It broke off." } });
    expect(events).toEqual([]);
    made.end(made.response ?? {});
    expect(events.map(({ type }) => type)).toEqual(["response.failed"]);
  });

  test("end as incomplete where it is cut short or cancelled", () => {
    for (const status of ["incomplete", "cancelled"]) {
      const { made, events } = told();
      made.end({ status });
      expect(events).toMatchObject([{ type: "response.incomplete", response: { status } }]);
    }
  });

  test("of whatever bytes are numbered through, and nothing is thrown", () => {
    const line = fc.oneof(
      fc.string(),
      fc.json().map((json) => `data: ${json}\n\n`),
      fc.constant('data: {"type":"response.in_progress","response":7}\n\n'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { made, events } = told();
        for (const piece of lines) made.push(new TextEncoder().encode(piece));
        made.close();
        expect(numbers(events)).toEqual(events.map((_, index) => index));
      }),
    );
  });
});

import { describe, expect, test } from "bun:test";
import {
  completeRequest,
  type KeptConversations,
  keepTurn,
  needsCompletion,
  pathBefore,
} from "../../../src/dialects/openai-responses/conversation-state.ts";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { ResponsesState } from "../../../src/runtime/apis/responses/state.ts";

const said = (text: string, id: string): JsonObject => ({
  id,
  type: "message",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text, annotations: [] }],
});
const kept = (): ResponsesState =>
  new ResponsesState(
    { maxBytes: 100_000, maxBytesPerKey: 100_000, ttlMs: 1_000 },
    { now: () => 0, monotonic: () => 0 },
  );

/** A call through the gateway: completes the request, answers it with items, and keeps both. */
function call(
  state: ResponsesState,
  key: string,
  body: JsonObject,
  id: string,
  ...output: JsonObject[]
): JsonObject {
  const completed = completeRequest(body, state.of(key));
  const turn = keepTurn(body, { id, output: JSON.stringify(output) });
  if (turn !== undefined) state.keep(key, turn);
  return completed;
}

function faultOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof LatchkeyError) return [error.code, error.status, error.param, error.message];
    throw error;
  }
  return undefined;
}

const nothing: KeptConversations = { upTo: () => undefined, withItem: () => undefined };

test("a request goes on from the one before, and that from the one before it", () => {
  const state = kept();
  call(
    state,
    "k",
    { model: "m", instructions: "Old rules", input: "One", tools: [] },
    "resp_1",
    said("1", "msg_1"),
  );
  call(
    state,
    "k",
    { model: "m", input: [{ role: "user", content: "Two" }], previous_response_id: "resp_1" },
    "resp_2",
    said("2", "msg_2"),
  );
  const third = call(
    state,
    "k",
    { model: "m", instructions: "New rules", input: "Three", previous_response_id: "resp_2", store: false },
    "resp_3",
    said("3", "msg_3"),
  );
  expect(third).toEqual({
    model: "m",
    instructions: "New rules",
    store: false,
    input: [
      { type: "message", role: "user", content: "One" },
      said("1", "msg_1"),
      { role: "user", content: "Two" },
      said("2", "msg_2"),
      { type: "message", role: "user", content: "Three" },
    ],
  });
  // What was completed is a request as any other.
  expect(openaiResponses.ingress.parseRequest({ body: third }).request.messages).toHaveLength(6);
  // An answer may be gone on from twice.
  expect(
    completeRequest({ previous_response_id: "resp_1", input: "Else" }, state.of("k"))["input"],
  ).toHaveLength(3);
});

test("a result follows the call that was kept", () => {
  const state = kept();
  const calls = { id: "fc_1", type: "function_call", call_id: "c1", name: "f", arguments: "{}" };
  call(state, "k", { model: "m", input: "Weather?" }, "resp_1", calls);
  const next = call(
    state,
    "k",
    {
      model: "m",
      previous_response_id: "resp_1",
      input: [{ type: "function_call_output", call_id: "c1", output: "sun" }],
    },
    "resp_2",
  );
  expect(
    openaiResponses.ingress.parseRequest({ body: next }).request.messages.map(({ role }) => role),
  ).toEqual(["user", "assistant", "tool"]);
});

test("items may be named, of the conversation or of any answer that is kept", () => {
  const state = kept();
  call(state, "k", { model: "m", input: "One" }, "resp_1", said("1", "msg_1"));
  const input = [
    { type: "item_reference", id: "msg_1" },
    { role: "user", content: "Two" },
  ];
  expect(needsCompletion({ input })).toBe(true);
  expect(completeRequest({ input }, state.of("k"))).toEqual({
    input: [said("1", "msg_1"), { role: "user", content: "Two" }],
  });
  const both = completeRequest({ input, previous_response_id: "resp_1" }, state.of("k"));
  expect((both["input"] as readonly JsonObject[])[2]).toEqual(said("1", "msg_1"));
});

test("what is named in a request is kept with the answer that has it, not twice", () => {
  const turn = keepTurn(
    {
      input: [
        { type: "item_reference", id: "msg_1" },
        { role: "user", content: "Two" },
      ],
    },
    { id: "resp_2", output: "[]" },
  );
  expect(new TextDecoder().decode(turn?.items)).toBe(`[{"role":"user","content":"Two"}]`);
});

describe("what is not kept", () => {
  test("is not found, in OpenAI's words", () => {
    const message = "Previous response with id 'resp_lk_1' not found.";
    const run = () => completeRequest({ previous_response_id: "resp_lk_1", input: "Hi" }, nothing);
    expect(faultOf(run)).toEqual(["LK-2112", 400, "previous_response_id", message]);
    const input = [
      { role: "user", content: "Hi" },
      { type: "item_reference", id: "rs_lk_1_0" },
    ];
    expect(faultOf(() => completeRequest({ input }, nothing))).toEqual([
      "LK-2112",
      400,
      "input[1].id",
      "Item with id 'rs_lk_1_0' not found.",
    ]);
    const wrong = [{ type: "item_reference", id: 1 }];
    expect(faultOf(() => completeRequest({ input: wrong }, nothing))).toMatchObject({
      0: "LK-2102",
      2: "input[0].id",
    });
  });

  test("may be the vendor's: it is passed on, and refused where the vendor is not asked", () => {
    const input = [
      { type: "item_reference", id: "msg_vendor" },
      { role: "user", content: "Hi" },
    ];
    const body = { model: "m", previous_response_id: "resp_vendor", input };
    expect(completeRequest(body, nothing)).toEqual(body);
    const parse = (request: JsonObject) => () => openaiResponses.ingress.parseRequest({ body: request });
    expect(faultOf(parse(body))).toMatchObject({ 0: "LK-2112", 2: "previous_response_id" });
    expect(faultOf(parse({ model: "m", input }))).toMatchObject({ 0: "LK-2112", 2: "input[0].id" });
  });

  test("is another key's, or an answer that the caller did not want to be kept", () => {
    const state = kept();
    call(state, "one", { model: "m", input: "Secret" }, "resp_lk_1", said("1", "msg_lk_1"));
    call(state, "two", { model: "m", input: "Hi", store: false }, "resp_lk_2", said("2", "msg_lk_2"));
    const goOn = (key: string, id: string) =>
      faultOf(() => completeRequest({ previous_response_id: id, input: "?" }, state.of(key)));
    expect(goOn("two", "resp_lk_1")).toMatchObject({ 0: "LK-2112" });
    expect(goOn("two", "resp_lk_2")).toMatchObject({ 0: "LK-2112" });
    expect(goOn("one", "resp_lk_1")).toBeUndefined();
    const input = [{ type: "item_reference", id: "msg_lk_1" }];
    expect(faultOf(() => completeRequest({ input }, state.of("two")))).toMatchObject({ 0: "LK-2112" });
  });
});

test("a request that goes on from nothing is complete", () => {
  expect(needsCompletion({ input: "Hi" })).toBe(false);
  expect(needsCompletion({ input: [{ role: "user", content: "Hi" }], previous_response_id: null })).toBe(
    false,
  );
  expect(needsCompletion({ previous_response_id: "resp_1" })).toBe(true);
});

describe("a path in a completed request", () => {
  const state = kept();
  call(state, "k", { model: "m", input: "One" }, "resp_1", said("1", "msg_1"));
  const pathsOf = (body: JsonObject): ((path: string) => string) =>
    pathBefore(body, completeRequest(body, state.of("k")));

  test("that leads to an earlier turn is where that turn was named", () => {
    const before = pathsOf({
      model: "m",
      input: [{ role: "user", content: "Two" }],
      previous_response_id: "resp_1",
    });
    expect(["input[0].content", "input[1]", "input[1].content[0]"].map(before)).toEqual([
      "previous_response_id",
      "previous_response_id",
      "previous_response_id",
    ]);
  });

  test("that leads to this turn counts from its own begin", () => {
    const input = [
      { role: "user", content: "Two" },
      { role: "user", content: [{ type: "input_text", text: "Three" }] },
    ];
    const before = pathsOf({ model: "m", input, previous_response_id: "resp_1" });
    expect(["input[2].content", "input[3].content[0].text", "tools[0]", "input"].map(before)).toEqual([
      "input[0].content",
      "input[1].content[0].text",
      "tools[0]",
      "input",
    ]);
  });

  test("that leads to a text is `input` alone", () => {
    const before = pathsOf({ model: "m", input: "Two", previous_response_id: "resp_1" });
    expect(before("input[2].content")).toBe("input");
  });

  test("that leads into an item which was only named ends at its name", () => {
    const before = pathsOf({ model: "m", input: ["x", { type: "item_reference", id: "msg_1" }] });
    expect(["input[0]", "input[1].content[0]"].map(before)).toEqual(["input[0]", "input[1]"]);
  });
});

import { expect, test } from "bun:test";
import { inputItemsPage } from "../../../src/dialects/openai-responses/input-items.ts";
import type { Json } from "../../../src/kernel/json.ts";

const items: readonly Json[] = [
  { role: "user", content: "One" },
  { type: "message", id: "msg_1", role: "assistant", content: "Two" },
  { type: "function_call_output", call_id: "c", output: "3" },
];
const page = (query: string) => inputItemsPage(items, "resp_lk_abc", new URLSearchParams(query));

test("items have types, ids and contents in parts", () => {
  expect(page("order=asc")).toEqual({
    object: "list",
    data: [
      {
        type: "message",
        id: "msg_lk_abc_in0",
        role: "user",
        status: "completed",
        content: [{ type: "input_text", text: "One" }],
      },
      {
        type: "message",
        id: "msg_1",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", annotations: [], text: "Two" }],
      },
      { type: "function_call_output", id: "msg_lk_abc_in2", call_id: "c", output: "3" },
    ],
    first_id: "msg_lk_abc_in0",
    last_id: "msg_lk_abc_in2",
    has_more: false,
  });
});

test.each([
  ["", ["msg_lk_abc_in2", "msg_1", "msg_lk_abc_in0"], false],
  ["limit=2", ["msg_lk_abc_in2", "msg_1"], true],
  ["limit=2&after=msg_1", ["msg_lk_abc_in0"], false],
  ["order=asc&limit=1&after=msg_lk_abc_in0", ["msg_1"], true],
  ["after=msg_lk_abc_in0", [], false],
] as const)("the page of %p", (query, ids, more) => {
  const { data, has_more, first_id } = page(query);
  expect((data as readonly { readonly id: string }[]).map(({ id }) => id)).toEqual([...ids]);
  expect([has_more, first_id]).toEqual([more, ids[0] ?? null]);
});

test.each(["limit=0", "limit=101", "limit=x", "limit=1.5", "order=up", "after=nowhere"])(
  "no page of %p",
  (query) => {
    expect(() => page(query)).toThrow(
      expect.objectContaining({ code: "LK-2102", param: query.split("=")[0] }),
    );
  },
);

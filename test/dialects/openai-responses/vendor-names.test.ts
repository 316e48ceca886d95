import { expect, test } from "bun:test";
import fc from "fast-check";
import { mayName, vendorNames } from "../../../src/dialects/openai-responses/vendor-names.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";

const names = (body: JsonObject) => vendorNames(body).map(({ kind, id, param }) => [kind, id, param]);
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test("everything that a vendor would look up is found with its place", () => {
  const body = {
    previous_response_id: "resp_1",
    conversation: "conv_1",
    input: [
      { type: "item_reference", id: "msg_1" },
      { id: "msg_2" },
      { type: "reasoning", id: "rs_1", summary: [] },
      { type: "image_generation_call", id: "ig_1" },
      { type: "mcp_approval_response", approval_request_id: "mcpr_1", approve: true },
      { role: "user", content: [{ type: "input_image", file_id: "file_1" }] },
      { type: "function_call_output", call_id: "c", output: [{ type: "input_file", file_id: "file_2" }] },
    ],
    tools: [
      { type: "code_interpreter", container: "cntr_1" },
      { type: "code_interpreter", container: { type: "auto", file_ids: ["file_3"] } },
      { type: "file_search", vector_store_ids: ["vs_1"] },
    ],
    prompt: { id: "pmpt_1", variables: { letter: { type: "input_file", file_id: "file_4" } } },
  };
  expect(names(body)).toEqual([
    ["response", "resp_1", "previous_response_id"],
    ["object", "conv_1", "conversation"],
    ["item", "msg_1", "input[0].id"],
    ["item", "msg_2", "input[1].id"],
    ["item", "rs_1", "input[2].id"],
    ["item", "ig_1", "input[3].id"],
    ["item", "mcpr_1", "input[4].approval_request_id"],
    ["object", "file_1", "input[5].content[0].file_id"],
    ["object", "file_2", "input[6].output[0].file_id"],
    ["object", "cntr_1", "tools[0].container"],
    ["object", "file_3", "tools[1].container.file_ids[0]"],
    ["object", "vs_1", "tools[2].vector_store_ids[0]"],
    ["object", "file_4", "prompt.variables.letter.file_id"],
  ]);
});

test("what is sent whole, or is the caller's own, names nothing", () => {
  const body = {
    conversation: null,
    metadata: { file_id: "mine" },
    input: [
      {
        type: "message",
        id: "msg_1",
        role: "assistant",
        content: [
          { type: "output_text", text: "a", annotations: [{ type: "file_citation", file_id: "file_1" }] },
        ],
      },
      { type: "function_call", id: "fc_1", call_id: "c", name: "f", arguments: "{}" },
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "gAAAA" },
      { type: "image_generation_call", id: "ig_1", result: "AAAA" },
    ],
    tools: [{ type: "function", name: "f", parameters: { properties: { container: { const: "x" } } } }],
  };
  expect(names(body)).toEqual([]);
});

test("the look at the bytes misses nothing, however odd the request is", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.jsonValue(),
      fc.jsonValue(),
      (input, tools, conversation) => {
        const body = { input, tools, conversation, previous_response_id: "r" } as JsonObject;
        expect(vendorNames(body).length > 0 && !mayName(bytes(body))).toBe(false);
      },
    ),
  );
  expect(mayName(bytes({ model: "m", input: "Hello", previous: 1 }))).toBe(false);
});

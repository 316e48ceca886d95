import fc from "fast-check";
import type { JsonObject } from "../../../../src/kernel/json.ts";

const words = fc.string({ minLength: 1, maxLength: 12 });
const name = fc.stringMatching(/^[a-z_]{1,10}$/);
const base64 = fc.base64String({ minLength: 4, maxLength: 16 });
const marker = { prompt_cache_breakpoint: { mode: "explicit" } };
const marked = (part: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> =>
  fc.tuple(part, fc.boolean()).map(([value, isMarked]) => (isMarked ? { ...value, ...marker } : value));

const text = words.map((value): JsonObject => ({ type: "input_text", text: value }));
const detail = fc.constantFrom("auto", "low", "high");
const image = fc.oneof(
  fc.record({ type: fc.constant("input_image"), detail, image_url: fc.webUrl() }),
  fc.record({
    type: fc.constant("input_image"),
    detail,
    image_url: base64.map((data) => `data:image/png;base64,${data}`),
  }),
  fc.record({ type: fc.constant("input_image"), detail, file_id: name }),
);
const file = fc.oneof(
  fc.record({
    type: fc.constant("input_file"),
    filename: name.map((stem) => `${stem}.pdf`),
    file_data: base64.map((data) => `data:application/pdf;base64,${data}`),
  }),
  fc.record({ type: fc.constant("input_file"), file_url: fc.webUrl() }),
  fc.record({ type: fc.constant("input_file"), file_id: name }),
);
const audio = fc.record({
  type: fc.constant("input_audio"),
  input_audio: fc.record({ data: base64, format: fc.constantFrom("wav", "mp3") }),
});

/** A text alone is written as such, so a list has something more in it. */
const contentOf = (part: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject[]> =>
  fc
    .array(part, { minLength: 1, maxLength: 3 })
    .filter(
      ([only, ...more]) =>
        more.length > 0 || only?.["type"] !== "input_text" || "prompt_cache_breakpoint" in only,
    );

const media = fc.oneof(text, image, file) as fc.Arbitrary<JsonObject>;
const user = fc.record({
  type: fc.constant("message"),
  role: fc.constant("user"),
  content: fc.oneof(words, contentOf(fc.oneof(marked(media), audio as fc.Arbitrary<JsonObject>))),
});
const developer = fc.record({
  type: fc.constant("message"),
  role: fc.constant("developer"),
  content: fc.oneof(words, contentOf(marked(text))),
});
const result = fc.record({
  type: fc.constant("function_call_output"),
  call_id: name,
  output: fc.oneof(fc.string({ maxLength: 12 }), contentOf(marked(media))),
});
const step = fc.constant<JsonObject>({
  type: "mcp_approval_response",
  approval_request_id: "a",
  approve: true,
});

const annotation = fc.record({
  type: fc.constant("url_citation"),
  url: fc.webUrl(),
  title: words,
  start_index: fc.nat(20),
  end_index: fc.nat(20),
});
const spoken = fc.record({
  type: fc.constant("output_text"),
  text: words,
  annotations: fc.array(annotation, { maxLength: 2 }),
});
const refusal = fc.record({ type: fc.constant("refusal"), refusal: words });
const message = fc.oneof(
  fc.record({
    type: fc.constant("message"),
    role: fc.constant("assistant"),
    content: fc.array(fc.oneof(spoken, refusal), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant("message"),
    role: fc.constant("assistant"),
    content: fc.array(spoken, { minLength: 1, maxLength: 2 }),
    phase: fc.constantFrom("commentary", "final_answer"),
  }),
) as fc.Arbitrary<JsonObject>;
const call = fc.record({
  type: fc.constant("function_call"),
  call_id: name,
  name,
  arguments: fc.json({ maxDepth: 1 }),
}) as fc.Arbitrary<JsonObject>;
const reasoning = fc.record({
  type: fc.constant("reasoning"),
  id: fc.uuid().map((id) => `rs_${id}`),
  summary: fc.array(
    words.map((value) => ({ type: "summary_text", text: value })),
    { maxLength: 2 },
  ),
  encrypted_content: base64.map((value) => `gAAAA${value}`),
}) as fc.Arbitrary<JsonObject>;
const search = fc.record({ type: fc.constant("web_search_call"), id: name }) as fc.Arbitrary<JsonObject>;

/** Items of the model: messages that follow each other would be one. */
const turn = fc
  .array(fc.tuple(fc.option(message), fc.oneof(call, reasoning, search)), { maxLength: 3 })
  .chain((pairs) =>
    fc
      .option(message)
      .map((last) => [...pairs.flat(), last].filter((item): item is JsonObject => item !== null)),
  );
const callers = fc.array(fc.oneof(user, developer, result, step) as fc.Arbitrary<JsonObject>, {
  minLength: 1,
  maxLength: 2,
});
const input = fc
  .tuple(callers, fc.array(fc.tuple(turn, callers), { maxLength: 3 }))
  .map(([first, turns]) => [...first, ...turns.flatMap(([items, then]) => [...items, ...then])]);

const tools = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant("function"),
      name,
      description: words,
      parameters: fc.constant<JsonObject>({ type: "object", properties: {} }),
      strict: fc.boolean(),
    }),
    fc.constant<JsonObject>({ type: "web_search", search_context_size: "low" }),
    fc.constant<JsonObject>({ type: "mcp", server_label: "docs", server_url: "https://example.org" }),
  ) as fc.Arbitrary<JsonObject>,
  { minLength: 1, maxLength: 3 },
);
const choice = fc.oneof(
  fc.constantFrom("auto", "none", "required"),
  fc.constant<JsonObject>({ type: "function", name: "F" }),
  fc.constant<JsonObject>({ type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "F" }] }),
);
const format = fc.oneof(
  fc.constantFrom({ type: "text" }, { type: "json_object" }),
  fc.record({
    type: fc.constant("json_schema"),
    name,
    description: words,
    schema: fc.constant({ type: "object" }),
    strict: fc.boolean(),
  }),
);

/** Bodies of requests in the form in which this dialect itself writes them. */
export const requestBody: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      model: fc.constant("m"),
      instructions: words,
      input,
      tools: tools,
      tool_choice: choice,
      parallel_tool_calls: fc.boolean(),
      max_output_tokens: fc.integer({ min: 16, max: 1_000_000 }),
      temperature: fc.double({ min: 0, max: 2, noNaN: true }),
      top_p: fc.double({ min: 0, max: 1, noNaN: true }),
      top_logprobs: fc.integer({ min: 1, max: 20 }),
      service_tier: fc.constantFrom("auto", "flex", "priority"),
      safety_identifier: words,
      metadata: fc.dictionary(words, words, { maxKeys: 3 }),
      prompt_cache_key: words,
      reasoning: fc.record({
        effort: fc.constantFrom("none", "low", "high", "xhigh"),
        summary: fc.constantFrom("auto", "concise", "detailed"),
      }),
      text: fc.record({ format, verbosity: fc.constantFrom("low", "medium", "high") }),
      store: fc.boolean(),
      stream: fc.boolean(),
    },
    { requiredKeys: ["model", "input", "store", "stream"] },
  )
  .map((body) => {
    const { tool_choice: chosen, ...rest } = body;
    const { top_logprobs: asked } = rest;
    return {
      ...rest,
      // A choice without tools says nothing.
      ...(chosen !== undefined && rest.tools !== undefined && { tool_choice: chosen }),
      ...(asked !== undefined && { include: ["message.output_text.logprobs"] }),
    } as JsonObject;
  });

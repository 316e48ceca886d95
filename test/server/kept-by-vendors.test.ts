import { afterEach, expect, test } from "bun:test";
import OpenAI from "openai";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { type GatewayFixtureOptions, startGateway } from "../support/gateway-fixture.ts";
import {
  type ReplayScript,
  startReplayUpstream,
  streamAnswer,
  wholeAnswer,
} from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

const started: { stop: () => unknown }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

const otherKey = generateApiKey("test");

/** A second key of the same application. */
function withOtherKey(artifact: Artifact): Artifact {
  const [first] = artifact.keys;
  if (first === undefined) throw new Error("the fixture has a key");
  return { ...artifact, keys: [first, { ...first, name: "other", digest: digestOf(otherKey) }] };
}

const container = {
  id: "ci_1",
  type: "code_interpreter_call",
  container_id: "cntr_1",
  code: "",
  outputs: [],
};

const response = (id: string, text: string, calls: readonly object[] = []) => ({
  id,
  object: "response",
  status: "completed",
  output: [
    { id: "rs_1", type: "reasoning", summary: [] },
    ...calls,
    {
      id: "msg_1",
      type: "message",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text, annotations: [] }],
    },
  ],
  usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
});

const vendor: ReplayScript = ({ request, send }) => {
  const told = response("resp_1", "Hello");
  if (JSON.parse(request.body).stream !== true) return send(wholeAnswer(JSON.stringify(told)));
  const event = { type: "response.completed", sequence_number: 1, response: told };
  send(streamAnswer(Buffer.from(`event: response.completed\ndata: ${JSON.stringify(event)}\n\n`)));
};
const failing: ReplayScript = ({ send }) => send(wholeAnswer(`{"error":{"message":"down"}}`, 503));
const chat: ReplayScript = ({ send }) => send(wholeAnswer(chatSample("text.json")));

async function setUp(
  scripts: readonly ReplayScript[] = [vendor],
  options: Partial<GatewayFixtureOptions> = {},
) {
  const upstreams = scripts.map((script) => startReplayUpstream(script));
  const gateway = await startGateway({
    baseUrls: upstreams.map(({ baseUrl }) => baseUrl),
    dialects: ["openai-responses", "openai-chat"],
    extend: withOtherKey,
    ...options,
  });
  started.push(gateway, ...upstreams);
  const other = { authorization: `Bearer ${otherKey}` };
  const call = (body: object, headers = {}) =>
    gateway.call("/v1/responses", { model: "fast", input: "Hi", ...body }, headers);
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  return { gateway, upstreams, call, other, client };
}

const faultOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { param: string; message: string } };
  return [answer.status, answer.headers.get("x-latchkey-error"), error.param];
};

for (const stream of [false, true]) {
  test(`the key that was told of an answer goes on from it, another one cannot (stream: ${stream})`, async () => {
    const { upstreams, call, other } = await setUp();
    const [upstream] = upstreams;
    await (await call({ stream })).text();
    const next = { previous_response_id: "resp_1" };
    expect((await call(next)).status).toBe(200);
    expect(JSON.parse(upstream?.seen[1]?.body ?? "")).toEqual({ model: "upstream-0", input: "Hi", ...next });
    const refused = await call(next, other);
    const unknown = await call({ previous_response_id: "resp_unknown" }, other);
    const words = ((await refused.clone().json()) as { error: { message: string } }).error.message;
    expect(words).toStartWith("Previous response with id 'resp_1' not found.");
    expect(((await unknown.json()) as { error: { message: string } }).error.message).toBe(
      words.replace("resp_1", "resp_unknown"),
    );
    expect(await faultOf(refused)).toEqual([400, "LK-2112", "previous_response_id"]);
    expect(upstream?.seen).toHaveLength(2);
  });
}

const named: readonly (readonly [string, object, string])[] = [
  ["an item", { input: [{ type: "item_reference", id: "msg_1" }] }, "input[0].id"],
  ["an item without a type", { input: [{ id: "msg_1" }] }, "input[0].id"],
  ["thinking", { input: [{ type: "reasoning", id: "rs_1", summary: [] }] }, "input[0].id"],
  ["a container", { tools: [{ type: "code_interpreter", container: "cntr_1" }] }, "tools[0].container"],
];
const never: readonly (readonly [string, object, string])[] = [
  ["a conversation", { conversation: { id: "conv_1" } }, "conversation"],
  [
    "a file",
    { input: [{ role: "user", content: [{ type: "input_file", file_id: "file_1" }] }] },
    "input[0].content[0].file_id",
  ],
  [
    "a vector store",
    { tools: [{ type: "file_search", vector_store_ids: ["vs_1"] }] },
    "tools[0].vector_store_ids[0]",
  ],
];

test("what an answer has told of can be named by its key alone", async () => {
  const told = wholeAnswer(JSON.stringify(response("resp_1", "Hello", [container])));
  const { call, other } = await setUp([({ send }) => send(told)]);
  await call({});
  for (const [what, body, param] of named) {
    expect([what, (await call(body)).status]).toEqual([what, 200]);
    expect([what, ...(await faultOf(await call(body, other)))]).toEqual([what, 400, "LK-2112", param]);
  }
});

test("what the gateway tells nobody of cannot be named, unless the config allows it", async () => {
  const { call, upstreams } = await setUp();
  for (const [what, body, param] of never)
    expect([what, ...(await faultOf(await call(body)))]).toEqual([what, 400, "LK-2112", param]);
  expect(upstreams[0]?.seen).toHaveLength(0);
  const open = await setUp([vendor], { settings: { passVendorIds: true } });
  for (const [what, body] of [...named, ...never])
    expect([what, (await open.call(body, open.other)).status]).toEqual([what, 200]);
  const next = { previous_response_id: "resp_elsewhere" };
  await open.call(next);
  expect(JSON.parse(open.upstreams[0]?.seen.at(-1)?.body ?? "")).toMatchObject(next);
});

test("a name that is written with escapes is read all the same", async () => {
  const { gateway } = await setUp();
  const body = `{"model":"fast","input":[{"type":"item\\u005freference","\\u0069d":"msg_1"}]}`;
  expect(await faultOf(await gateway.call("/v1/responses", body))).toEqual([400, "LK-2112", "input[0].id"]);
});

test("another target goes on from what a vendor keeps, once that vendor is down", async () => {
  const { call, upstreams } = await setUp([vendor, chat]);
  const [first, second] = upstreams;
  await call({ input: "One" });
  if (first !== undefined) first.script = failing;
  const next = await call({ input: "Two", previous_response_id: "resp_1" });
  expect(next.status).toBe(200);
  const told = (await next.json()) as { id: string; previous_response_id: string };
  expect(told.previous_response_id).toBe("resp_1");
  expect(JSON.parse(second?.seen[0]?.body ?? "").messages).toEqual([
    { role: "user", content: "One" },
    { role: "assistant", content: "Hello" },
    { role: "user", content: "Two" },
  ]);
  if (first !== undefined) first.script = vendor;
  await call({ input: "Three", previous_response_id: told.id });
  const sent = JSON.parse(first?.seen.at(-1)?.body ?? "");
  expect(sent.previous_response_id).toBeUndefined();
  expect(sent.input).toHaveLength(5);
});

test("an answer that passed through is had again and deleted here", async () => {
  const { client, gateway, call } = await setUp();
  const passed = await (await call({})).text();
  expect(passed).toBe(JSON.stringify(response("resp_1", "Hello")));
  expect(await (await gateway.call("/v1/responses/resp_1")).text()).toBe(passed);
  const { data } = await client.responses.inputItems.list("resp_1");
  expect(data).toMatchObject([{ role: "user" }]);
  await client.responses.delete("resp_1");
  expect((await gateway.call("/v1/responses/resp_1")).status).toBe(404);
  expect(await faultOf(await call({ previous_response_id: "resp_1" }))).toEqual([
    400,
    "LK-2112",
    "previous_response_id",
  ]);
});

test("an answer that is larger than is held is kept as well", async () => {
  const text = "x".repeat(2 * 1024 * 1024);
  const { call, gateway } = await setUp([
    ({ send }) => send(wholeAnswer(JSON.stringify(response("resp_2", text)))),
  ]);
  const passed = await (await call({})).text();
  expect(await (await gateway.call("/v1/responses/resp_2")).text()).toBe(passed);
});

test("nothing is kept where the caller does not want it", async () => {
  const { call, gateway } = await setUp();
  await call({ store: false });
  expect((await gateway.call("/v1/responses/resp_1")).status).toBe(404);
  expect((await call({ previous_response_id: "resp_1" })).status).toBe(400);
});

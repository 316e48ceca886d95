import { afterEach, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import OpenAI from "openai";
import type { ResponseStreamEvent } from "openai/resources/responses/responses";
import { startGateway } from "../support/gateway-fixture.ts";
import {
  chunk,
  lastChunk,
  type ReplayScript,
  startReplayUpstream,
  streamAnswer,
  streamHead,
  wholeAnswer,
} from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

const started: { stop: () => unknown }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

type Fixture = Parameters<typeof startGateway>[0];

async function setUp(script: ReplayScript, fixture: Partial<Fixture> = {}) {
  const upstream = startReplayUpstream(script);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], ...fixture });
  started.push(gateway, upstream);
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  return { gateway, upstream, client };
}

const sample = chatSample("text-usage.sse");
const responsesSample = readFileSync(new URL("../wire/openai-responses/text.sse", import.meta.url));
const said = 'Grüße 👋🏽 日本語.\nSay "usage": {} and [DONE]';

/** An upstream that stops in the middle of its stream until it is told to go on. */
function halting() {
  const middle = sample.length / 2;
  const go = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const script: ReplayScript = async (connection) => {
    void connection.left.then(left.resolve);
    connection.send(streamHead);
    connection.send(chunk(sample.subarray(0, middle)));
    await go.promise;
    connection.send(chunk(sample.subarray(middle)));
    connection.send(lastChunk);
  };
  return { script, go: go.resolve, left: left.promise };
}

const asked = { model: "fast", input: "Hello", background: true, stream: true } as const;

async function all(stream: AsyncIterable<ResponseStreamEvent>): Promise<readonly ResponseStreamEvent[]> {
  const events: ResponseStreamEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

/** What its caller has of a stream when it leaves after the first words. */
async function untilFirstWords(stream: AsyncIterable<ResponseStreamEvent>) {
  const events: ResponseStreamEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    if (event.type === "response.output_text.delta") break;
  }
  const [created] = events;
  if (created?.type !== "response.created") throw new Error("The stream does not begin with its answer.");
  return { events, id: created.response.id, last: events.at(-1)?.sequence_number ?? -1 };
}

const textOf = (events: readonly ResponseStreamEvent[]): string =>
  events.map((event) => (event.type === "response.output_text.delta" ? event.delta : "")).join("");

describe("a stream in the background", () => {
  test("tells its events as they come, and can be had again from the beginning or any event on", async () => {
    const { client, gateway, upstream } = await setUp(({ send }) => send(streamAnswer(sample)));
    const events = await all(await client.responses.create(asked));
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(events.slice(0, 3)).toMatchObject([
      { type: "response.created", response: { status: "queued", background: true, model: "fast" } },
      { type: "response.queued", response: { status: "queued" } },
      { type: "response.in_progress", response: { status: "in_progress", background: true } },
    ]);
    const last = events.at(-1);
    if (last?.type !== "response.completed") throw new Error("The stream does not end as completed.");
    expect([textOf(events), last.response.background]).toEqual([said, true]);
    const { id } = last.response;
    expect(await client.responses.retrieve(id)).toMatchObject({ id, status: "completed", output_text: said });
    const again = await all(await client.responses.retrieve(id, { stream: true }));
    expect(again).toEqual([...events]);
    for (const after of [0, 4, events.length - 1, events.length + 10]) {
      const rest = await client.responses.retrieve(id, { stream: true, starting_after: after });
      expect(await all(rest)).toEqual(events.slice(after + 1));
    }
    const helper = client.responses.stream({ response_id: id });
    expect((await helper.finalResponse()).output_text).toBe(said);
    expect(await gateway.row(({ method }) => method === "POST")).toMatchObject({
      ...{ status: 200, stream: true, errorCode: null, usage: expect.anything() },
    });
    expect(await gateway.row(({ method }) => method === "GET")).toMatchObject({ status: 200 });
    expect(JSON.parse(upstream.seen[0]?.body ?? "")).not.toHaveProperty("background");
    expect(upstream.seen).toHaveLength(1);
  });

  test("goes on when its caller has left, who comes back for the rest while it is made", async () => {
    const vendor = halting();
    const { client, upstream } = await setUp(vendor.script);
    const before = await untilFirstWords(await client.responses.create(asked));
    expect(await client.responses.retrieve(before.id)).toMatchObject({ status: "in_progress" });
    const rest = await client.responses.retrieve(before.id, { stream: true, starting_after: before.last });
    vendor.go();
    const events = [...before.events, ...(await all(rest))];
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    expect(textOf(events)).toBe(said);
    expect(events.at(-1)).toMatchObject({ type: "response.completed", response: { id: before.id } });
    expect(upstream.seen).toHaveLength(1);
  });

  test("has as many followers as there are, each at its own place", async () => {
    const vendor = halting();
    const { client, gateway } = await setUp(vendor.script);
    const { id, last } = await untilFirstWords(await client.responses.create(asked));
    const follow = (starting_after: number) =>
      client.responses.retrieve(id, { stream: true, starting_after }).then(all);
    const leaving = await client.responses.retrieve(id, { stream: true });
    await untilFirstWords(leaving);
    expect(await gateway.row(({ status }) => status === 499)).toMatchObject({
      ...{ method: "GET", errorCode: "LK-2301" },
    });
    const followers = [follow(0), follow(last), follow(last + 1)];
    vendor.go();
    const [first, second, third] = await Promise.all(followers);
    expect(first?.slice(last)).toEqual([...(second ?? [])]);
    expect(second?.slice(1)).toEqual([...(third ?? [])]);
  });

  test("is cancelled, which its followers are told as the last event", async () => {
    const vendor = halting();
    const { client, gateway } = await setUp(vendor.script);
    const { id, last } = await untilFirstWords(await client.responses.create(asked));
    const rest = await client.responses.retrieve(id, { stream: true, starting_after: last });
    expect(await client.responses.cancel(id)).toMatchObject({ id, status: "cancelled" });
    await vendor.left;
    expect((await all(rest)).at(-1)).toMatchObject({
      ...{ type: "response.incomplete", response: { id, status: "cancelled", output: [] } },
    });
    expect(
      await gateway.row(({ method, path }) => method === "POST" && path === "/v1/responses"),
    ).toMatchObject({ status: 499, errorCode: "LK-2301" });
    const again = await all(await client.responses.retrieve(id, { stream: true }));
    expect(again.at(-1)).toMatchObject({ response: { status: "cancelled" } });
  });

  test("is gone when it is deleted", async () => {
    const vendor = halting();
    const { client } = await setUp(vendor.script);
    const { id } = await untilFirstWords(await client.responses.create(asked));
    await client.responses.delete(id);
    await vendor.left;
    const gone = await client.responses.retrieve(id, { stream: true }).catch((error: unknown) => error);
    expect(gone).toMatchObject({ status: 404, code: "LK-2117" });
  });

  test("fails in its last event, before and in the middle of the vendor's stream", async () => {
    const refusal = wholeAnswer(JSON.stringify({ error: { message: "Too many words." } }), 400);
    const cut: ReplayScript = ({ send, reset }) => {
      send(streamHead);
      send(chunk(sample.subarray(0, sample.length / 2)));
      reset();
    };
    const cases = [
      [({ send }) => send(refusal), "invalid_prompt"],
      [cut, "server_error"],
    ] as const satisfies readonly (readonly [ReplayScript, string])[];
    for (const [script, code] of cases) {
      const { client } = await setUp(script);
      const last = (await all(await client.responses.create(asked))).at(-1);
      expect(last).toMatchObject({
        type: "response.failed",
        response: { status: "failed", error: { code } },
      });
      if (last?.type !== "response.failed") continue;
      expect(await client.responses.retrieve(last.response.id)).toMatchObject({ status: "failed" });
    }
  });

  test("of a vendor that speaks the same dialect has the gateway's name and numbers", async () => {
    const { client, upstream } = await setUp(({ send }) => send(streamAnswer(responsesSample)), {
      dialects: ["openai-responses"],
    });
    const events = await all(await client.responses.create(asked));
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
    const ids = new Set(events.flatMap((event) => ("response" in event ? [event.response.id] : [])));
    expect([ids.size, [...ids][0]?.startsWith("resp_lk_")]).toEqual([1, true]);
    expect(events.at(-1)).toMatchObject({ type: "response.completed", response: { model: "fast" } });
    expect(JSON.parse(upstream.seen[0]?.body ?? "")).toEqual({
      ...{ model: "upstream-0", input: "Hello", stream: true },
    });
  });

  test("keeps the newest events only where there is no room for all, and says which it has not", async () => {
    // Larger than all that is kept for a key.
    const piece = JSON.stringify({ choices: [{ index: 0, delta: { content: "x".repeat(60_000) } }] });
    const end = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    const { client } = await setUp(({ send }) => {
      send(streamHead);
      for (let index = 0; index < 40; index++) send(chunk(`data: ${piece}\n\n`));
      send(chunk(end));
      send(lastChunk);
    });
    const { id } = await untilFirstWords(await client.responses.create(asked));
    for (;;) if ((await client.responses.retrieve(id)).status === "completed") break;
    expect((await client.responses.retrieve(id)).output_text).toHaveLength(40 * 60_000);
    const gone = await client.responses.retrieve(id, { stream: true }).catch((error: unknown) => error);
    expect(gone).toMatchObject({ status: 410, code: "LK-2121" });
    // Three events begin it, two its text, and three end that before the last one.
    const after = 3 + 2 + 40 + 3 - 1;
    const rest = await client.responses.retrieve(id, { stream: true, starting_after: after });
    expect((await all(rest)).map(({ type }) => type)).toEqual(["response.completed"]);
  });

  test("is not there of answers that were not asked for in this way, nor with a wrong place", async () => {
    const { client, gateway } = await setUp(({ request, send }) =>
      send(
        JSON.parse(request.body).stream === true
          ? streamAnswer(sample)
          : wholeAnswer(chatSample("text.json")),
      ),
    );
    const inBackground = await client.responses.create({ model: "fast", input: "Hello", background: true });
    const whole = await client.responses.create({ model: "fast", input: "Hello" });
    for (const { id } of [inBackground, whole]) {
      const refused = await client.responses.retrieve(id, { stream: true }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ status: 400, code: "LK-2102", param: "stream" });
    }
    const events = await all(await client.responses.create(asked));
    const [created] = events;
    const id = created?.type === "response.created" ? created.response.id : "";
    for (const place of ["-1", "many", "1.5", ""]) {
      const response = await gateway.call(`/v1/responses/${id}?stream=true&starting_after=${place}`);
      expect([response.status, await response.json()]).toMatchObject([
        ...[400, { error: { code: "LK-2102", param: "starting_after" } }],
      ]);
    }
    const path = `${gateway.url}/v1/responses/${id}?stream=true`;
    const head = await fetch(path, { method: "HEAD", headers: { authorization: `Bearer ${gateway.key}` } });
    expect(head.status).toBe(200);
    expect((await fetch(path)).status).toBe(401);
  });
});

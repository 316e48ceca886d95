import { afterEach, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { startGateway } from "../support/gateway-fixture.ts";
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

type Fixture = Parameters<typeof startGateway>[0];

async function setUp(script: ReplayScript, fixture: Partial<Fixture> = {}) {
  const upstream = startReplayUpstream(script);
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], ...fixture });
  started.push(gateway, upstream);
  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  return { gateway, upstream, client };
}

const chat: ReplayScript = ({ request, send }) =>
  send(
    JSON.parse(request.body).stream === true
      ? streamAnswer(chatSample("text-usage.sse"))
      : wholeAnswer(chatSample("text.json")),
  );
const said = (
  JSON.parse(Buffer.from(chatSample("text.json")).toString()) as {
    readonly choices: readonly [{ readonly message: { readonly content: string } }];
  }
).choices[0].message.content;

/** Asks until an answer has ended. */
async function ended(client: OpenAI, id: string) {
  for (;;) {
    const response = await client.responses.retrieve(id);
    if (response.status !== "queued" && response.status !== "in_progress") return response;
  }
}

/** An upstream that answers when it is told to. */
function held() {
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const script: ReplayScript = async (connection) => {
    void connection.left.then(left.resolve);
    asked.resolve();
    await go.promise;
    await chat(connection);
  };
  return { script, asked: asked.promise, go: go.resolve, left: left.promise };
}

describe("an answer in the background", () => {
  test("is queued at once, under way, and then there", async () => {
    const vendor = held();
    const { client, gateway, upstream } = await setUp(vendor.script);
    const queued = await client.responses.create({
      model: "fast",
      input: "Hello",
      instructions: "Be brief.",
      background: true,
      metadata: { team: "a" },
    });
    expect(queued).toMatchObject({
      ...{ object: "response", status: "queued", background: true, model: "fast", output: [] },
      ...{ instructions: "Be brief.", metadata: { team: "a" }, usage: null, error: null },
    });
    await vendor.asked;
    expect(await client.responses.retrieve(queued.id)).toMatchObject({
      id: queued.id,
      status: "in_progress",
    });
    expect(gateway.rows.filter(({ method }) => method === "POST")).toEqual([]);
    vendor.go();
    const done = await ended(client, queued.id);
    expect(done).toMatchObject({ id: queued.id, status: "completed", background: true, output_text: said });
    expect(await gateway.row(({ method }) => method === "POST")).toMatchObject({
      ...{ path: "/v1/responses", status: 200, model: "fast", usage: expect.anything(), errorCode: null },
    });
    const sent = JSON.parse(upstream.seen[0]?.body ?? "");
    expect(sent).not.toHaveProperty("background");
    expect(upstream.seen).toHaveLength(1);
  });

  test("can be gone on from once it is there, and not before", async () => {
    const vendor = held();
    const { client, upstream } = await setUp(vendor.script);
    const { id } = await client.responses.create({ model: "fast", input: "One", background: true });
    const next = { model: "fast", input: "Two", previous_response_id: id };
    await vendor.asked;
    expect(await client.responses.create(next).catch((error: unknown) => error)).toMatchObject({
      status: 400,
    });
    vendor.go();
    await ended(client, id);
    const third = await client.responses.create({ ...next, background: true });
    expect(await ended(client, third.id)).toMatchObject({ status: "completed", previous_response_id: id });
    const sent = JSON.parse(upstream.seen[1]?.body ?? "") as {
      readonly messages: readonly { role: string }[];
    };
    expect(sent.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  });

  test("is cancelled, which ends the upstream's call; twice is once", async () => {
    const vendor = held();
    const { client, gateway } = await setUp(vendor.script);
    const { id } = await client.responses.create({ model: "fast", input: "Hello", background: true });
    await vendor.asked;
    expect(await client.responses.cancel(id)).toMatchObject({ id, status: "cancelled" });
    await vendor.left;
    expect(await client.responses.retrieve(id)).toMatchObject({ id, status: "cancelled", output: [] });
    expect(await client.responses.cancel(id)).toMatchObject({ id, status: "cancelled" });
    expect(await gateway.row(({ path }) => path === "/v1/responses")).toMatchObject({
      ...{ status: 499, errorCode: "LK-2301" },
    });
  });

  test("is deleted while it is made, and is not there again when it would have ended", async () => {
    const vendor = held();
    const { client, gateway } = await setUp(vendor.script);
    const { id } = await client.responses.create({ model: "fast", input: "Hello", background: true });
    await vendor.asked;
    await client.responses.delete(id);
    await vendor.left;
    await gateway.row(({ path, method }) => path === "/v1/responses" && method === "POST");
    expect(await client.responses.retrieve(id).catch((error: unknown) => error)).toMatchObject({
      ...{ status: 404, code: "LK-2117" },
    });
  });

  test("fails with the words of what has gone wrong", async () => {
    const refusal = wholeAnswer(JSON.stringify({ error: { message: "Too many words." } }), 400);
    const { client, gateway } = await setUp(({ send }) => send(refusal));
    const { id } = await client.responses.create({ model: "fast", input: "Hello", background: true });
    const failed = await ended(client, id);
    expect(failed).toMatchObject({ status: "failed", error: { code: "invalid_prompt" } });
    expect(failed.error?.message).toContain("Too many words.");
    expect(await gateway.row(({ path }) => path === "/v1/responses")).toMatchObject({ status: 400 });
    const down = await setUp(({ end }) => end());
    const second = await down.client.responses.create({ model: "fast", input: "Hello", background: true });
    expect(await ended(down.client, second.id)).toMatchObject({
      ...{ status: "failed", error: { code: "server_error" } },
    });
  });

  test("of a vendor that speaks the same dialect has the gateway's id, not the vendor's", async () => {
    const output = [{ type: "message", id: "msg_1", role: "assistant", status: "completed", content: [] }];
    const answer = {
      id: "resp_vendors",
      object: "response",
      status: "completed",
      model: "m",
      output,
      usage: null,
    };
    const { client, upstream } = await setUp(({ send }) => send(wholeAnswer(JSON.stringify(answer))), {
      dialects: ["openai-responses"],
    });
    const { id } = await client.responses.create({ model: "fast", input: "Hello", background: true });
    expect(await ended(client, id)).toMatchObject({ id, status: "completed", background: true, output });
    expect(JSON.parse(upstream.seen[0]?.body ?? "")).toEqual({ model: "upstream-0", input: "Hello" });
  });

  test("keeps to the target's time limits and to the bounds of a body", async () => {
    const { client, gateway } = await setUp(() => {}, {
      timeouts: { firstTokenMs: 50, totalMs: 100 },
      settings: { maxRequestBytes: 9_000_000 },
    });
    const { id } = await client.responses.create({ model: "fast", input: "Hello", background: true });
    expect(await ended(client, id)).toMatchObject({ status: "failed", error: { code: "server_error" } });
    expect(await gateway.row(({ path }) => path === "/v1/responses")).toMatchObject({ status: 504 });
    const ask = (size: number) =>
      gateway.call("/v1/responses", { model: "fast", input: "x".repeat(size), background: true });
    expect((await ask(9_000_000)).status).toBe(413);
    // More than is kept for a key.
    expect((await ask(8_500_000)).status).toBe(413);
  });

  test("is refused at once where it cannot be", async () => {
    const { gateway, upstream } = await setUp(chat);
    const refused = async (members: object) => {
      const asked = { model: "fast", input: "Hello", background: true, ...members };
      const response = await gateway.call("/v1/responses", asked);
      const { error } = (await response.json()) as {
        readonly error: { readonly code: string; param: string };
      };
      return [response.status, error.code, error.param];
    };
    expect(await refused({ stream: "yes" })).toEqual([400, "LK-2102", "stream"]);
    expect(await refused({ store: false })).toEqual([400, "LK-2102", "store"]);
    expect(await refused({ background: "yes" })).toEqual([400, "LK-2102", "background"]);
    expect(await refused({ model: "private" })).toEqual([404, "LK-2004", "model"]);
    const previous = { previous_response_id: "resp_lk_nowhere" };
    expect(await refused(previous)).toEqual([400, "LK-2112", "previous_response_id"]);
    expect(upstream.seen).toEqual([]);
  });
});

describe("an answer that is kept", () => {
  const asked = {
    model: "fast",
    input: [
      { role: "user" as const, content: "One" },
      { role: "user" as const, content: "Two" },
    ],
  };

  test("is told again as it was, whole or streamed, and deleted", async () => {
    const { client } = await setUp(chat);
    const whole = await client.responses.create(asked);
    expect(JSON.stringify(await client.responses.retrieve(whole.id))).toBe(JSON.stringify(whole));
    const stream = client.responses.stream(asked);
    const streamed = await stream.finalResponse();
    expect(await client.responses.retrieve(streamed.id)).toMatchObject({
      ...{ id: streamed.id, status: "completed", output_text: streamed.output_text, usage: streamed.usage },
    });
    await client.responses.delete(whole.id);
    for (const gone of [client.responses.retrieve(whole.id), client.responses.delete(whole.id)])
      expect(await gone.catch((error: unknown) => error)).toMatchObject({ status: 404 });
    const cannot = await client.responses.cancel(streamed.id).catch((error: unknown) => error);
    expect(cannot).toMatchObject({ status: 400, code: "LK-2119" });
  });

  test("tells the items of its request in pages, the newest first", async () => {
    const { client } = await setUp(chat);
    const { id } = await client.responses.create(asked);
    const texts: string[] = [];
    for await (const item of client.responses.inputItems.list(id, { limit: 1 }))
      if (item.type === "message" && item.content[0]?.type === "input_text") texts.push(item.content[0].text);
    expect(texts).toEqual(["Two", "One"]);
    const page = await client.responses.inputItems.list(id, { order: "asc" });
    expect(page.data.map((item) => item.type)).toEqual(["message", "message"]);
    expect(page.has_more).toBe(false);
    const wrong = client.responses.inputItems.list(id, { limit: 1_000 });
    expect(await Promise.resolve(wrong).catch((error: unknown) => error)).toMatchObject({ status: 400 });
  });

  test("is nobody else's, and is not there where it was not to be kept", async () => {
    const { client, gateway } = await setUp(chat);
    const { id } = await client.responses.create({ ...asked, store: false });
    for (const name of [id, "resp_lk_nowhere", "resp_vendors", "%2e%2e"]) {
      const response = await gateway.call(`/v1/responses/${name}`);
      expect(response.status).toBe(404);
    }
    const streamed = await client.responses.create(asked);
    expect((await gateway.call(`/v1/responses/${streamed.id}?stream=true`)).status).toBe(400);
    expect((await fetch(`${gateway.url}/v1/responses/${streamed.id}`)).status).toBe(401);
    const wrongMethod = await gateway.call(`/v1/responses/${streamed.id}`, {});
    expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toEqual([405, "GET, DELETE"]);
  });
});

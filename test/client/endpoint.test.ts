import { describe, expect, test } from "bun:test";
import { createClient } from "../../sdk/client/index.ts";
import { catchError } from "./support/catch-error.ts";
import { KEY, startGateway, testClient } from "./support/gateway.ts";

const rating = { label: "positive", confidence: 0.9 };

describe("a call of an endpoint", () => {
  test("posts the input as JSON and answers the output", async () => {
    const { url, received } = startGateway(() => Response.json(rating));
    expect(await testClient(url).sentiment({ text: "Schön €😀" })).toEqual({
      label: "positive",
      confidence: 0.9,
    });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      method: "POST",
      path: "/api/sentiment/current",
      body: { text: "Schön €😀" },
    });
    const headers = received[0]?.headers;
    expect(headers?.get("authorization")).toBe(`Bearer ${KEY}`);
    expect(headers?.get("content-type")).toBe("application/json");
    expect(headers?.get("accept")).toBe("application/json");
  });

  test("goes to a major version", async () => {
    const { url, received } = startGateway(() => Response.json({ label: "neutral" }));
    const client = testClient(url);
    await client.sentiment.v1({ sentence: "Well." });
    await client.sentiment.v2({ text: "Well." });
    await client["text-summary"].v1.withResponse({ text: "Well." });
    expect(received.map(({ path }) => path)).toEqual([
      "/api/sentiment/v1",
      "/api/sentiment/v2",
      "/api/text-summary/v1",
    ]);
  });

  test("keeps the path of the base URL", async () => {
    const { url, received } = startGateway(() => Response.json({ text: "Short." }));
    await testClient(`${url}/gateway/`)["text-summary"]({ text: "Long." });
    expect(received[0]?.path).toBe("/gateway/api/text-summary/current");
  });

  test("sends the client's and the call's headers", async () => {
    const { url, received } = startGateway(() => Response.json(rating));
    const client = testClient(url, { headers: { "X-Team": "one", "x-trace": "a" } });
    await client.sentiment({ text: "Hm." }, { headers: { "x-team": "two" } });
    expect(received[0]?.headers.get("x-team")).toBe("two");
    expect(received[0]?.headers.get("x-trace")).toBe("a");
  });

  test("answers any JSON value as it is", async () => {
    for (const value of [null, 0, false, "", [], "text"]) {
      const { url } = startGateway(() => Response.json(value));
      expect(await createClient({ baseUrl: url, key: KEY }).endpoint("any")({})).toEqual(value);
    }
  });

  test("with an input that JSON cannot hold is refused before anything is sent", async () => {
    const { url, received } = startGateway(() => Response.json(rating));
    const call = createClient({ baseUrl: url, key: KEY }).endpoint("any")({ size: 5n });
    expect(await catchError(call)).toMatchObject({ kind: "invalid-input", status: undefined });
    expect(received).toEqual([]);
  });

  test("with an option that makes no sense rejects", async () => {
    const call = testClient("http://127.0.0.1:1").sentiment({ text: "Hm." }, { timeoutMs: -1 });
    await expect(call).rejects.toThrow(TypeError);
  });
});

describe("the answer with its headers", () => {
  test("tells request id, cost, artifact and model", async () => {
    const headers = {
      "x-request-id": "req_1",
      "x-latchkey-cost": "0.000123",
      "x-latchkey-artifact": "abc123",
      "x-latchkey-model": "fast",
      "x-other": "kept",
    };
    const { url } = startGateway(() => Response.json(rating, { headers }));
    const answer = await testClient(url).sentiment.withResponse({ text: "Lovely!" });
    expect(answer).toMatchObject({
      output: rating,
      requestId: "req_1",
      cost: 0.000123,
      artifact: "abc123",
      model: "fast",
    });
    expect(answer.headers.get("x-other")).toBe("kept");
  });

  test("leaves unknown what the gateway does not say", async () => {
    const { url } = startGateway(() => Response.json(rating, { headers: { "x-latchkey-cost": "unknown" } }));
    const { cost, requestId, artifact, model } = await testClient(url).sentiment.withResponse({
      text: "Hm.",
    });
    expect({ cost, requestId, artifact, model }).toEqual({
      cost: undefined,
      requestId: undefined,
      artifact: undefined,
      model: undefined,
    });
  });
});

describe("names", () => {
  test("that the client has itself are reached by `endpoint`", async () => {
    const { url, received } = startGateway(() => Response.json({ topic: "weather" }));
    const client = testClient(url);
    expect(await client.endpoint("chat")({ room: "hall" })).toEqual({ topic: "weather" });
    await client.endpoint("chat").v3({ room: "hall" });
    await client.endpoint("toJSON")({ text: "Long." });
    expect(received.map(({ path }) => path)).toEqual([
      "/api/chat/current",
      "/api/chat/v3",
      "/api/toJSON/current",
    ]);
  });

  test("go into the path as they are, encoded where a path needs it", async () => {
    const { url, received } = startGateway(() => Response.json({}));
    const client = createClient({ baseUrl: url, key: KEY });
    for (const name of ["camelCase", "kebab-case", "snake_case", "v1", "a.b"])
      await client.endpoint(name)({});
    await client.endpoint("../admin?x=1#y")({});
    expect(received.map(({ path }) => path)).toEqual([
      "/api/camelCase/current",
      "/api/kebab-case/current",
      "/api/snake_case/current",
      "/api/v1/current",
      "/api/a.b/current",
      "/api/..%2Fadmin%3Fx%3D1%23y/current",
    ]);
  });

  test("that no path can hold are refused", () => {
    const client = createClient({ baseUrl: "http://127.0.0.1:1", key: KEY });
    for (const name of ["", ".", ".."])
      expect(() => client.endpoint(name)).toThrow("is no name of an endpoint");
  });

  test("always give the same method", () => {
    const client = testClient("http://127.0.0.1:1");
    expect(client.sentiment).toBe(client.sentiment);
    expect(client.endpoint("sentiment")).toBe(client.sentiment);
  });
});

describe("the client as a value", () => {
  test("is no promise and calls nothing when it is logged, compared or written", async () => {
    const { url, received } = startGateway(() => Response.json({}));
    const client = testClient(url);
    expect(await client).toBe(client);
    expect(await client.sentiment).toBe(client.sentiment);
    const { sentiment } = await Promise.resolve({ sentiment: client.sentiment });
    expect(JSON.stringify({ client })).toBe('{"client":{}}');
    expect(`${client}`).toBe("[object Object]");
    expect(Reflect.get(client, "then")).toBeUndefined();
    expect(Reflect.get(client, "toJSON")).toBeUndefined();
    expect(Reflect.get(client, Symbol.asyncIterator)).toBeUndefined();
    expect(sentiment).toBe(client.sentiment);
    Bun.inspect(client);
    expect(received).toEqual([]);
  });

  test("cannot be changed", () => {
    const client = testClient("http://127.0.0.1:1");
    expect(() => Object.assign(client, { chat: undefined })).toThrow(TypeError);
    expect(() => Object.assign(client.sentiment, { stream: undefined })).toThrow(TypeError);
  });
});

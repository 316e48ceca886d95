import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createClient } from "../../sdk/client/index.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import {
  chunk,
  type ReplayUpstream,
  startReplayUpstream,
  streamAnswer,
  streamHead,
  wholeAnswer,
} from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { catchError, collect } from "./support/catch-error.ts";

let upstream: ReplayUpstream;
let gateway: GatewayFixture;

beforeAll(async () => {
  upstream = startReplayUpstream(() => {});
  gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
});
afterAll(async () => {
  await gateway.stop();
  upstream.stop();
});
beforeEach(() => {
  upstream.script = ({ send }) => send(wholeAnswer(chatSample("text.json")));
});

const liveClient = (key = gateway.key) => createClient({ baseUrl: gateway.url, key, maxRetries: 0 });
const request = { model: "fast", messages: [{ role: "user", content: "Hello" }] } as const;

describe("the client and a running gateway", () => {
  test("agree on a chat", async () => {
    const { output, requestId, cost, model } = await liveClient().chat.withResponse(request);
    expect(JSON.stringify(output)).toBe(
      JSON.stringify(JSON.parse(new TextDecoder().decode(chatSample("text.json")))),
    );
    expect(cost).toBeGreaterThan(0);
    expect(model).toBe("fast");
    expect((await gateway.row((row) => row.requestId === requestId)).status).toBe(200);
  });

  test("agree on a stream, and reading it to its end is logged as no abort", async () => {
    upstream.script = ({ send }) => send(streamAnswer(chatSample("text.sse")));
    const stream = liveClient().chat.stream(request);
    expect((await collect(stream)).length).toBeGreaterThan(2);
    const { requestId } = await stream.response;
    expect(await gateway.row((row) => row.requestId === requestId)).toMatchObject({
      status: 200,
      errorCode: null,
    });
  });

  test("agree on leaving a stream early: the provider's call ends and the log says why", async () => {
    const first = new TextDecoder().decode(chatSample("text.sse")).split("\n\n")[0];
    const providerLeft = Promise.withResolvers<void>();
    upstream.script = async ({ send, left }) => {
      send(streamHead);
      send(chunk(`${first}\n\n`));
      await left;
      providerLeft.resolve();
    };
    const stream = liveClient().chat.stream(request);
    for await (const _ of stream) break;
    await providerLeft.promise;
    const { requestId } = await stream.response;
    expect((await gateway.row((row) => row.requestId === requestId)).errorCode).toBe("LK-2301");
  });

  test("agree on the models", async () => {
    expect((await liveClient().models()).map(({ id }) => id)).toContain("fast");
  });

  test("agree on errors", async () => {
    expect(await catchError(liveClient("lk_wrong").models())).toMatchObject({
      kind: "authentication",
      status: 401,
      code: "LK-2002",
    });
    expect(await catchError(liveClient().chat({ ...request, model: "missing" }))).toMatchObject({
      kind: "not-found",
      code: "LK-2004",
      param: "model",
      requestId: expect.stringMatching(/^req_/),
    });
    expect(await catchError(liveClient().endpoint("missing")({}))).toMatchObject({
      kind: "not-found",
      code: "LK-2005",
    });
  });

  test("agree on a stream that the provider cuts", async () => {
    const cut = new TextDecoder().decode(chatSample("text.sse")).split("\n\n").slice(0, 2).join("\n\n");
    upstream.script = ({ send, reset }) => {
      send(streamHead);
      send(chunk(`${cut}\n\n`));
      reset();
    };
    expect(await catchError(collect(liveClient().chat.stream(request)))).toMatchObject({
      kind: "upstream",
      code: "LK-3008",
      requestId: expect.stringMatching(/^req_/),
    });
  });
});

import { expect, test } from "bun:test";
import { startGateway } from "../../support/gateway-fixture.ts";
import { startReplayUpstream } from "../../support/replay-upstream.ts";

test("a caller who leaves while sound comes ends the call to the vendor", async () => {
  const { promise: gone, resolve: go } = Promise.withResolvers<void>();
  const upstream = startReplayUpstream(async ({ send, left }) => {
    send("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 10000\r\n\r\nID3");
    await left;
    go();
  });
  const apis = { speech: { path: "/speech", shape: "openai", quirks: {} } };
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], apis, dialects: [null] });
  const leaving = new AbortController();
  const response = await fetch(`${gateway.url}/v1/audio/speech`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}` },
    body: JSON.stringify({ model: "fast", input: "Hi", voice: "alloy" }),
    signal: leaving.signal,
  });
  expect(response.status).toBe(200);
  leaving.abort();
  await gone;
  expect(await gateway.row()).toMatchObject({ errorCode: "LK-2301", status: 499, costNanoUsd: null });
  await gateway.stop();
  upstream.stop();
});

test("a caller who leaves before the vendor answers ends the call, too", async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: gone, resolve: go } = Promise.withResolvers<void>();
  const upstream = startReplayUpstream(async ({ left }) => {
    ask();
    await left;
    go();
  });
  const apis = { embeddings: { path: "/embeddings", shape: "openai", quirks: {} } };
  const gateway = await startGateway({ baseUrls: [upstream.baseUrl], apis, dialects: [null] });
  const leaving = new AbortController();
  const response = fetch(`${gateway.url}/v1/embeddings`, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}` },
    body: JSON.stringify({ model: "fast", input: "Hi" }),
    signal: leaving.signal,
  });
  await asked;
  leaving.abort();
  expect(response).rejects.toThrow();
  await gone;
  expect(await gateway.row()).toMatchObject({ errorCode: "LK-2301" });
  await gateway.stop();
  upstream.stop();
});

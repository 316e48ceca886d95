import { afterEach, expect, test } from "bun:test";
import { LatchkeyError } from "../../src/kernel/error.ts";
import type { MediaFetcher } from "../../src/runtime/exchange/inline-media.ts";
import { startGateway } from "../support/gateway-fixture.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A gateway before one upstream that speaks Ollama's dialect, which takes pictures as their bytes only. */
async function start(fetchMedia: MediaFetcher) {
  const seen: unknown[] = [];
  const upstream = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      seen.push(await request.json());
      const message = { role: "assistant", content: "A cat." };
      return Response.json({
        model: "m",
        created_at: "2026-11-24T00:00:00Z",
        message,
        done: true,
        done_reason: "stop",
      });
    },
  });
  const baseUrls = [`http://127.0.0.1:${upstream.port}`];
  const gateway = await startGateway({ baseUrls, dialects: ["ollama-chat"] }, fetchMedia);
  stops.push(
    () => gateway.stop(),
    () => upstream.stop(true),
  );
  const ask = (urls: readonly string[]) =>
    gateway.call("/v1/chat/completions", {
      model: "fast",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is it?" },
            ...urls.map((url) => ({ type: "image_url", image_url: { url } })),
          ],
        },
      ],
    });
  return { ask, seen };
}

test("a picture named by its URL reaches a target that takes bytes only", async () => {
  const { ask, seen } = await start(async () => ({
    mediaType: "image/png",
    bytes: new Uint8Array([1, 2, 3]),
  }));
  const response = await ask(["https://pictures.example/cat.png"]);
  expect(response.status).toBe(200);
  expect(seen).toMatchObject([{ messages: [{ content: "What is it?", images: ["AQID"] }] }]);
});

test("a picture that cannot be fetched refuses the request and names where it stands", async () => {
  const { ask, seen } = await start(async (_url, param) => {
    throw new LatchkeyError("LK-2111", undefined, { param });
  });
  const response = await ask(["https://10.0.0.1/cat.png"]);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { code: "LK-2111", param: "messages[0].content[1]" },
  });
  expect(seen).toEqual([]);
});

test("more pictures than anyone shows a model are not fetched", async () => {
  let fetched = 0;
  const { ask } = await start(async () => {
    fetched++;
    return { mediaType: "image/png", bytes: new Uint8Array([1]) };
  });
  const response = await ask(Array.from({ length: 200 }, (_, at) => `https://pictures.example/${at}.png`));
  expect(response.status).toBe(400);
  expect(fetched).toBeLessThan(30);
});

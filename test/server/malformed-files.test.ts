import { afterEach, expect, test } from "bun:test";
import { startGateway } from "../support/gateway-fixture.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A gateway before one upstream that speaks Anthropic's dialect. */
async function start() {
  const seen: string[] = [];
  const upstream = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      seen.push(await request.text());
      return Response.json({
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "m",
        content: [{ type: "text", text: "A cat." }],
        stop_reason: "end_turn",
        stop_sequence: null,
        usage: { input_tokens: 3, output_tokens: 2 },
      });
    },
  });
  const baseUrls = [`http://127.0.0.1:${upstream.port}/v1`];
  const gateway = await startGateway({ baseUrls, dialects: ["anthropic-messages"] });
  stops.push(
    () => gateway.stop(),
    () => upstream.stop(true),
  );
  return { gateway, seen };
}

const broken = "iVBORw0KGgo!=";

test.each([
  [
    "/v1/chat/completions",
    {
      model: "fast",
      messages: [
        {
          role: "user",
          content: [{ type: "image_url", image_url: { url: `data:image/png;base64,${broken}` } }],
        },
      ],
    },
    {
      error: {
        code: "LK-2102",
        type: "invalid_request_error",
        param: "messages[0].content[0].image_url.url",
        message: expect.stringContaining("base64"),
      },
    },
  ],
  [
    "/v1/responses",
    {
      model: "fast",
      input: [
        { role: "user", content: [{ type: "input_image", image_url: `data:image/png;base64,${broken}` }] },
      ],
    },
    { error: { code: "LK-2102", param: "input[0].content[0].image_url" } },
  ],
  [
    "/v1beta/models/fast:generateContent",
    { contents: [{ parts: [{ inlineData: { mimeType: "image/png", data: broken } }] }] },
    {
      error: {
        code: 400,
        status: "INVALID_ARGUMENT",
        message: expect.stringContaining("contents[0].parts[0].inlineData.data"),
      },
    },
  ],
])("%s: a picture that is no base64 is refused here and not sent", async (path, body, expected) => {
  const { gateway, seen } = await start();
  const response = await gateway.call(path, body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject(expected);
  expect(seen).toEqual([]);
  expect(await gateway.row()).toMatchObject({ status: 400, errorCode: "LK-2102", attempts: 0 });
});

test("what passes in its own dialect is the vendor's to judge", async () => {
  const { gateway, seen } = await start();
  const block = { type: "image", source: { type: "base64", media_type: "image/png", data: broken } };
  const body = { model: "fast", max_tokens: 10, messages: [{ role: "user", content: [block] }] };
  const response = await gateway.call("/v1/messages", body);
  expect(response.status).toBe(200);
  expect(seen).toEqual([JSON.stringify({ ...body, model: "upstream-0" })]);
});

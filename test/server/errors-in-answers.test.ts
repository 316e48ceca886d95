import { describe, expect, test } from "bun:test";
import { afterTest } from "../support/after-test.ts";
import { type GatewayFixture, type GatewayFixtureOptions, startGateway } from "../support/gateway-fixture.ts";

/** What a vendor answers with status 200. */
type Answer = readonly [type: "application/json" | "text/event-stream", body: string];

async function gatewayTo(
  answers: readonly Answer[],
  options: Omit<GatewayFixtureOptions, "baseUrls"> = {},
): Promise<GatewayFixture> {
  const servers = answers.map(([type, body]) =>
    Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: () => new Response(body, { headers: { "content-type": type } }),
    }),
  );
  for (const server of servers) afterTest(() => server.stop(true));
  const gateway = await startGateway({
    baseUrls: servers.map(({ port }) => `http://127.0.0.1:${port}/v1`),
    ...options,
  });
  afterTest(gateway.stop);
  return gateway;
}

const json = (value: unknown): Answer => ["application/json", JSON.stringify(value)];
const events = (...values: readonly unknown[]): Answer => [
  "text/event-stream",
  `${values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join("")}data: [DONE]\n\n`,
];
const choice = (content: string) => ({
  index: 0,
  message: { role: "assistant", content },
  finish_reason: "stop",
});
const good = json({ id: "g", object: "chat.completion", model: "m", choices: [choice("Better")] });
const goodStream = events(
  { id: "g", choices: [{ index: 0, delta: { role: "assistant", content: "Better" }, finish_reason: null }] },
  { id: "g", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
);
const busy = { message: "Too many requests here", code: 429 };
const failed = { index: 0, message: { role: "assistant", content: "" }, finish_reason: "error", error: busy };

const messages = [{ role: "user", content: "Hello" }];
const callers = [
  ["/v1/chat/completions", { model: "fast", messages }],
  ["/v1/messages", { model: "fast", messages, max_tokens: 9 }],
  ["/v1/responses", { model: "fast", input: "Hello" }],
] as const;
const cases = [
  ["an error alone", json({ error: busy }), 429, "LK-3011"],
  ["an error beside its choices", json({ id: "x", choices: [choice("")], error: busy }), 429, "LK-3011"],
  ["a choice that has met one", json({ id: "x", choices: [failed] }), 429, "LK-3011"],
  [
    "an error of no number",
    json({ error: { message: "Too many requests here", type: "server_error" } }),
    502,
    "LK-3012",
  ],
  ["an error as a text", json({ error: "Too many requests here" }), 502, "LK-3012"],
] as const;

describe("an answer of status 200", () => {
  test.each(callers.flatMap(([path, body]) => cases.map((row) => [...row, path, body] as const)))(
    "that is %s is no success (%p, %p, %p, %s)",
    async (_, answer, status, code, path, body) => {
      const alone = await gatewayTo([answer]);
      const refused = await alone.call(path, body);
      expect([refused.headers.get("x-latchkey-error"), refused.status]).toEqual([code, status]);
      expect(await refused.text()).toContain("Too many requests here");
      const both = await gatewayTo([answer, good]);
      const saved = await both.call(path, body);
      expect([saved.status, await saved.text()]).toEqual([200, expect.stringContaining("Better")]);
    },
  );

  test.each(callers)(
    "without a choice is none, so that the next target is asked (%s)",
    async (path, body) => {
      for (const empty of [
        { choices: [] },
        { choices: [], usage: { prompt_tokens: 1, completion_tokens: 0 } },
      ]) {
        expect(
          (await (await gatewayTo([json(empty)])).call(path, body)).headers.get("x-latchkey-error"),
        ).toBe("LK-3009");
        expect(await (await (await gatewayTo([json(empty), good])).call(path, body)).text()).toContain(
          "Better",
        );
      }
    },
  );

  test.each([
    [
      "anthropic-messages",
      "/v1/messages",
      callers[1][1],
      { type: "error", error: { type: "overloaded_error", message: "Busy" } },
      529,
    ],
    [
      "gemini",
      "/v1beta/models/fast:generateContent",
      { contents: [{ parts: [{ text: "Hi" }] }] },
      { error: { code: 429, message: "Busy", status: "RESOURCE_EXHAUSTED" } },
      429,
    ],
  ] as const)("of %s may be an error as well", async (dialect, path, body, answer, status) => {
    const gateway = await gatewayTo([json(answer)], { dialects: [dialect] });
    const response = await gateway.call(path, body);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain("Busy");
  });

  test("of another API is an error as well", async () => {
    const apis = { embeddings: { path: "/embeddings", shape: "openai", quirks: {} } } as const;
    const gateway = await gatewayTo([json({ error: busy })], { apis });
    const response = await gateway.call("/v1/embeddings", { model: "fast", input: "Hello" });
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([429, "LK-3011"]);
  });
});

describe("a streamed call", () => {
  test.each(
    callers.flatMap(([path, body]) =>
      [
        ["as JSON", json({ error: busy })],
        ["as JSON that says to be events", ["text/event-stream", JSON.stringify({ error: busy })]],
        [
          "in its first choice",
          events({ id: "x", choices: [{ index: 0, delta: {}, finish_reason: "error", error: busy }] }),
        ],
      ].map(([what, answer]) => [what as string, path, body, answer as Answer] as const),
    ),
  )("that is answered by an error %s fails before it begins (%s)", async (_, path, body, answer) => {
    const alone = await gatewayTo([answer]);
    const refused = await alone.call(path, { ...body, stream: true });
    expect([refused.status, refused.headers.get("x-latchkey-error")]).toEqual([429, "LK-3011"]);
    expect(await refused.text()).toContain("Too many requests here");
    const both = await gatewayTo([answer, goodStream]);
    expect(await (await both.call(path, { ...body, stream: true })).text()).toContain("Better");
  });

  test("that ends in an error without a word is no empty success for callers of another dialect", async () => {
    const gateway = await gatewayTo([
      events({
        id: "x",
        choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: "error" }],
      }),
    ]);
    const text = await (await gateway.call("/v1/messages", { ...callers[1][1], stream: true })).text();
    expect(text).toContain("error");
    expect(text).not.toContain("message_stop");
  });

  test("whose choice meets an error on the way is told so in the row", async () => {
    const gateway = await gatewayTo([
      events(
        { id: "x", choices: [{ index: 0, delta: { content: "a" }, finish_reason: null }] },
        { id: "x", choices: [{ index: 0, delta: {}, finish_reason: "error", error: busy }] },
      ),
    ]);
    await (await gateway.call("/v1/chat/completions", { model: "fast", messages, stream: true })).text();
    expect(await gateway.row()).toMatchObject({ errorCode: "LK-3011" });
  });
});

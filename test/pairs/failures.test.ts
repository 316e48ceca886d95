import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { vendors } from "../matrix/upstreams/index.ts";
import { greeting } from "../matrix/upstreams/say.ts";
import { type GatewayFixture, startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import { brokenStreams } from "./failures/broken-streams.ts";
import { failureCallers } from "./failures/failure-callers.ts";
import { meanings, refusals, toldTo } from "./failures/told-failures.ts";
import { vendorFailures } from "./failures/vendor-failures.ts";

describe.each(vendors.map((vendor) => [vendor.dialect, vendor] as const))(
  "a vendor that speaks %s",
  (dialect, vendor) => {
    let answer: () => Response = () => new Response();
    let gateway: GatewayFixture;
    let helped: GatewayFixture;
    const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => answer() });
    const second = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => Response.json(vendor.whole([{ type: "text", text: greeting }])),
    });
    const urls = [server, second].map(({ port }) => `http://127.0.0.1:${port}${vendor.basePath}`);
    const upstreamModels = [vendor.model, vendor.model];
    beforeAll(async () => {
      gateway = await startGateway({ baseUrls: urls.slice(0, 1), dialects: [dialect], upstreamModels });
      helped = await startGateway({ baseUrls: urls, dialects: [dialect, dialect], upstreamModels });
    });
    afterAll(async () => {
      await gateway.stop();
      await helped.stop();
      await server.stop(true);
      await second.stop(true);
    });

    describe.each(failureCallers.map((caller) => [caller.dialect, caller] as const))(
      "tells callers of %s",
      (_, caller) => {
        const cases = vendorFailures[dialect].map(
          (failure) => [failure.kind, failure.status, failure] as const,
        );
        test.each(cases)("%s, by %d, as what it is", async (kind, _status, failure) => {
          const { status, body, headers = {}, words } = failure;
          answer = () => Response.json(body, { status, headers });
          const { code, words: tells = true } = meanings[kind];
          const isOwn = caller.dialect === dialect && refusals.includes(kind);
          const expected = isOwn ? { status, name: caller.nameIn(body) } : toldTo(caller.dialect, kind);
          for (const stream of [false, true]) {
            const before = gateway.rows.length;
            const caught = await caller.fail(gateway, stream);
            expect(caught).toMatchObject({ ...expected, class: caller.classOf(expected.status), text: "" });
            expect(caught.message.includes(words)).toBe(tells);
            expect(caught.message).not.toContain("--request ID");
            expect(caught.message).not.toContain(upstreamSecret);
            expect(gateway.rows.slice(before)).toMatchObject([{ status: expected.status, errorCode: code }]);
          }
        });

        const breaks = brokenStreams[dialect].map(
          (failure) => [failure.kind, failure.words, failure] as const,
        );
        test.each(breaks)("%s in the middle of a stream: %s", async (kind, words, { bytes }) => {
          const pieces = vendor.stream([{ type: "text", text: greeting }]);
          const told = [...pieces.slice(0, Math.ceil(pieces.length / 2)), bytes].map((piece) =>
            Buffer.from(piece as string),
          );
          answer = () =>
            new Response(Buffer.concat(told), { headers: { "content-type": vendor.streamType } });
          if (caller.dialect === dialect) {
            expect(await (await gateway.call(...callOf(caller.dialect))).text()).toContain(
              String(bytes).trim(),
            );
            return;
          }
          const { status, name } = toldTo(caller.dialect, kind);
          const caught = await caller.fail(gateway, true);
          expect(caught.name).toBe(name);
          expect(caught.message).toContain(words);
          expect(greeting).toStartWith(caught.text);
          expect(caught.text).not.toBe("");
          // Only Google's client reads a status out of a stream.
          if (caller.dialect === "gemini") expect(caught.status).toBe(status);
          expect(gateway.rows.at(-1)).toMatchObject({ status: 200, errorCode: meanings[kind].code });
        });
      },
    );

    test.each(vendorFailures[dialect].map((failure) => [failure.kind, failure.status, failure] as const))(
      "fails with %s, by %d: whether the next target is asked, and when to come back",
      async (kind, _, { status, body, headers = {}, waitS }) => {
        answer = () => Response.json(body, { status, headers });
        const { next, retry } = meanings[kind];
        for (const [path, ask] of [callOf("openai-chat", false), callOf("anthropic-messages", false)]) {
          const response = await helped.call(path, ask);
          expect(response.ok).toBe(next);
          await response.arrayBuffer();
          expect(helped.rows.at(-1)).toMatchObject({ attempts: next ? 2 : 1 });
          const alone = await gateway.call(path, ask);
          await alone.arrayBuffer();
          expect(alone.headers.get("x-latchkey-error")).toBe(meanings[kind].code);
          expect(alone.headers.get("retry-after")).toBe(waitS === undefined ? null : String(waitS));
          // What passes as it came has the vendor's own statuses, which say enough.
          expect(["true", "false", null]).toContain(alone.headers.get("x-should-retry"));
          if (alone.headers.has("x-should-retry"))
            expect(alone.headers.get("x-should-retry")).toBe(String(retry));
        }
      },
    );
  },
);

describe("a refusal that quotes the gateway's credential", () => {
  test.each(failureCallers.map((caller) => [caller.dialect, caller] as const))(
    "stays one for callers of %s, without the credential",
    async (_, caller) => {
      const message = `Header 'x-user' is malformed: ${upstreamSecret}`;
      const server = Bun.serve({
        hostname: "127.0.0.1",
        port: 0,
        fetch: () =>
          Response.json(
            { type: "error", error: { type: "invalid_request_error", message } },
            { status: 400 },
          ),
      });
      const gateway = await startGateway({
        baseUrls: [`http://127.0.0.1:${server.port}/v1`],
        dialects: ["anthropic-messages"],
      });
      for (const stream of [false, true]) {
        const { status, message: told } = await caller.fail(gateway, stream);
        expect(status).toBe(400);
        expect(told).toContain("Header 'x-user' is malformed: [redacted]");
        expect(told).not.toContain(upstreamSecret);
      }
      expect(gateway.rows.map(({ errorCode }) => errorCode)).toEqual(["LK-3015", "LK-3015"]);
      await gateway.stop();
      await server.stop(true);
    },
  );
});

test("the documentation has the table to which all this is held", async () => {
  const docs = await Bun.file(new URL("../../docs/dialects.md", import.meta.url)).text();
  for (const { code, next, ...told } of Object.values(meanings)) {
    const columns = [told.openai, told.messages, told.gemini].map(
      ({ status, name }) => `${status} \`${name}\``,
    );
    expect(docs).toContain(`| \`${code}\` | ${columns.join(" | ")} | ${next ? "yes" : "no"} |`);
  }
});

function callOf(dialect: string, stream = true): readonly [path: string, body: object] {
  const messages = [{ role: "user", content: "Hi" }];
  if (dialect === "openai-responses") return ["/v1/responses", { model: "fast", input: "Hi", stream }];
  if (dialect === "gemini")
    return [
      "/v1beta/models/fast:streamGenerateContent?alt=sse",
      { contents: [{ role: "user", parts: [{ text: "Hi" }] }] },
    ];
  if (dialect === "anthropic-messages")
    return ["/v1/messages", { model: "fast", max_tokens: 9, messages, stream }];
  return ["/v1/chat/completions", { model: "fast", messages, stream }];
}

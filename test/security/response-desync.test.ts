import { describe, expect, test } from "bun:test";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { type ReplayScript, startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { ask, startBackendWorld } from "./support/ask.ts";

const PLANTED = "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nplanted";

/** A head with lines, and what comes after it. */
const answer = (lines: string, rest: string): string => `HTTP/1.1 200 OK\r\n${lines}\r\n\r\n${rest}`;

const twofold: readonly (readonly [string, string])[] = [
  ["a length and chunks", answer("content-length: 5\r\ntransfer-encoding: chunked", `0\r\n\r\n${PLANTED}`)],
  ["chunks and a length", answer("transfer-encoding: chunked\r\ncontent-length: 5", `0\r\n\r\n${PLANTED}`)],
  ["two lengths", answer("content-length: 0\r\ncontent-length: 70", PLANTED)],
  ["two lengths alike", answer("content-length: 2\r\ncontent-length: 2", `ok${PLANTED}`)],
  ["a list of lengths", answer("content-length: 2, 2", `ok${PLANTED}`)],
  ["a length with a sign", answer("content-length: +2", `ok${PLANTED}`)],
  ["a length in hexadecimal", answer("content-length: 0x2", `ok${PLANTED}`)],
  ["a length that is none", answer("content-length: two", PLANTED)],
  ["a length with a space before the colon", answer("content-length : 2", `ok${PLANTED}`)],
  ["a coding with a space before the colon", answer("transfer-encoding : chunked", `0\r\n\r\n${PLANTED}`)],
  ["a coding with a tab", answer("transfer-encoding:\tx, chunked", `0\r\n\r\n${PLANTED}`)],
  ["a coding that is none", answer("transfer-encoding: xchunked", PLANTED)],
  ["two codings", answer("transfer-encoding: gzip, chunked", `0\r\n\r\n${PLANTED}`)],
  ["a coding on a folded line", answer("transfer-encoding:\r\n chunked", `0\r\n\r\n${PLANTED}`)],
  ["a folded line", answer("x-a: b\r\n content-length: 2", `ok${PLANTED}`)],
  ["bare line feeds", `HTTP/1.1 200 OK\ncontent-length: 2\n\nok${PLANTED}`],
  ["a bare line feed in its head", answer("x-a: b\ncontent-length: 0", PLANTED)],
  ["a bare carriage return in its head", answer("x-a: b\rcontent-length: 0", PLANTED)],
  ["a zero in its head", answer("x-a: \0\r\ncontent-length: 0", PLANTED)],
  ["another version", `HTTP/2 200 OK\r\ncontent-length: 2\r\n\r\nok${PLANTED}`],
  ["HTTP/0.9", `ok${PLANTED}`],
  ["a status of four digits", `HTTP/1.1 2000 OK\r\ncontent-length: 2\r\n\r\nok${PLANTED}`],
  ["101, which nobody asked for", `HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n${PLANTED}`],
  ["an interim answer with a body", `HTTP/1.1 103 Early\r\ncontent-length: 2\r\n\r\nok${PLANTED}`],
  ["interim answers without end", "HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000)],
  ["early hints without end", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n".repeat(1_000)],
  ["a chunk size with a sign", answer("transfer-encoding: chunked", `+2\r\nok\r\n0\r\n\r\n${PLANTED}`)],
  ["a chunk ended by a line feed", answer("transfer-encoding: chunked", `2\nok\n0\n\n${PLANTED}`)],
  ["a chunk that is too long", answer("transfer-encoding: chunked", `2\r\nokok\r\n0\r\n\r\n${PLANTED}`)],
  ["a chunk size beyond any", answer("transfer-encoding: chunked", `${"f".repeat(17)}\r\nok\r\n0\r\n\r\n`)],
  ["a huge extension", answer("transfer-encoding: chunked", `2;${"a".repeat(99_999)}\r\nok\r\n0\r\n\r\n`)],
  ["trailers without end", answer("transfer-encoding: chunked", `0\r\n${"a: b\r\n".repeat(50_000)}\r\n`)],
  ["a head of 100 kB", answer(`x-a: ${"a".repeat(100_000)}\r\ncontent-length: 2`, "ok")],
  ["a head of 50,000 lines", answer(`${"a: b\r\n".repeat(50_000)}content-length: 2`, "ok")],
  ["a head without end", `HTTP/1.1 200 OK\r\n${"x".repeat(200_000)}`],
];

describe("an answer whose end two readers could see in different places", () => {
  test.each(twofold)("of a backend is none, and its connection is not used again: %s", async (_, bytes) => {
    const { gateway, server } = await startBackendWorld(({ send }) => send(bytes));
    const { status, head, body } = await ask(gateway, "POST /shop/a", [], "x");
    expect([status, head.includes("x-latchkey-error: LK-3106")]).toEqual([502, true]);
    expect(body).not.toContain("planted");
    server.script = ({ request, send }) => send(answer("content-length: 4", request.body));
    expect((await ask(gateway, "POST /shop/b", [], "mine")).body).toBe("mine");
  });

  test.each(twofold)("of a provider is none: %s", async (_, bytes) => {
    const upstream = startReplayUpstream(({ send }) => send(bytes));
    afterTest(() => upstream.stop());
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl], maxConnections: 1 });
    afterTest(() => gateway.stop());
    const call = { model: "fast", messages: [{ role: "user", content: "Hello" }] };
    const broken = await gateway.call("/v1/chat/completions", call);
    expect([broken.status, (await broken.text()).includes("planted")]).toEqual([502, false]);
    upstream.script = ({ send }) => send(wholeAnswer(chatSample("text.json")));
    expect((await gateway.call("/v1/chat/completions", call)).status).toBe(200);
  });
});

/** Answers whose end is clear, with a second one behind it. */
const ends: readonly (readonly [method: string, string, string])[] = [
  ["GET", "a length", answer("content-length: 2", "ok")],
  ["GET", "a length of nought", answer("content-length: 0", "")],
  ["GET", "chunks", answer("transfer-encoding: chunked", "2\r\nok\r\n0\r\n\r\n")],
  ["GET", "chunks and trailers", answer("transfer-encoding: chunked", "2\r\nok\r\n0\r\nx-a: b\r\n\r\n")],
  ["GET", "no body by its status", "HTTP/1.1 204 No Content\r\n\r\n"],
  [
    "GET",
    "no body by its status, whatever it announces",
    "HTTP/1.1 304 Not Modified\r\ncontent-length: 99\r\n\r\n",
  ],
  ["HEAD", "no body by its method", answer("content-length: 99", "")],
  ["GET", "an interim answer before it", `HTTP/1.1 100 Continue\r\n\r\n${answer("content-length: 2", "ok")}`],
];

describe("a second answer that nobody has asked for", () => {
  test.each(ends)(
    "in one piece with the first never reaches the next caller: %s, %s",
    async (method, _, first) => {
      const { gateway, server } = await startBackendWorld(({ send }) => send(first + PLANTED));
      const { status, body } = await ask(gateway, `${method} /shop/a`);
      expect([status < 400, body.includes("planted")]).toEqual([true, false]);
      server.script = ({ send }) => send(answer("content-length: 5", "asked"));
      for (let at = 0; at < 3; at++) expect((await ask(gateway, "GET /shop/b")).body).toBe("asked");
    },
  );

  test("on a connection that waits never reaches the next caller", async () => {
    const left = Promise.withResolvers<void>();
    let plant: () => void = () => {};
    const script: ReplayScript = ({ send, left: gone }) => {
      send(answer("content-length: 2", "ok"));
      plant = () => send(PLANTED);
      void gone.then(left.resolve);
    };
    const { gateway, server } = await startBackendWorld(script);
    expect((await ask(gateway, "GET /shop/a")).body).toBe("ok");
    plant();
    // The gateway gives the connection up.
    await left.promise;
    server.script = ({ send }) => send(answer("content-length: 5", "asked"));
    expect((await ask(gateway, "GET /shop/b")).body).toBe("asked");
  });

  test("never reaches the next caller of a provider, either", async () => {
    const upstream = startReplayUpstream(({ send }) =>
      send(Buffer.concat([wholeAnswer(chatSample("text.json")), Buffer.from(PLANTED)])),
    );
    afterTest(() => upstream.stop());
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl], maxConnections: 1 });
    afterTest(() => gateway.stop());
    const call = { model: "fast", messages: [{ role: "user", content: "Hello" }] };
    for (let at = 0; at < 3; at++) {
      const response = await gateway.call("/v1/chat/completions", call);
      expect([response.status, await response.text()]).toEqual([200, expect.not.stringContaining("planted")]);
    }
  });
});

describe("trailers of a backend", () => {
  test("become no headers and are not passed on", async () => {
    const trailers = "x-latchkey-cost: 0\r\nset-cookie: latchkey=forged\r\ncontent-length: 0\r\nx-a: b\r\n";
    const { gateway } = await startBackendWorld(({ send }) =>
      send(answer("transfer-encoding: chunked", `2\r\nok\r\n0\r\n${trailers}\r\n`)),
    );
    const { head, body } = await ask(gateway, "GET /shop/a");
    expect(body).toBe("ok");
    expect(head).not.toMatch(/forged|x-a|cost/);
  });
});

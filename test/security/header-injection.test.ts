import { describe, expect, test } from "bun:test";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { backend, startBackendGateway } from "../server/backends/support/backend-gateway.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { ask, okAnswer, startBackendWorld } from "./support/ask.ts";

const EVIL = "a\r\nx-evil: 1\r\n\r\nGET /shop/smuggled HTTP/1.1\r\nhost: a\r\n\r\n";

describe("line ends in a caller's request", () => {
  test.each([
    ["a bare line feed in a value", "x-a: b\nx-evil: 1"],
    ["a bare carriage return in a value", "x-a: b\rx-evil: 1"],
    ["a line feed in a name", "x-a\nx-evil: 1"],
    ["a carriage return in a name", "x-a\rx-evil: 1"],
    ["a folded line", "x-a: b\r\n x-evil: 1"],
    ["a line folded by a tab", "x-a: b\r\n\tx-evil: 1"],
    ["a zero in a value", "x-a: b\0x-evil: 1"],
    ["a space before the colon", "x-evil : 1"],
    ["a name of nothing", ": 1"],
    ["a bracket in a name", "x(evil: 1"],
  ])("never reach a backend: %s", async (_, line) => {
    const { gateway, server } = await startBackendWorld();
    expect(await ask(gateway, "GET /shop/a", [line])).toMatchObject({ status: 400, code: "LK-2114" });
    expect(server.seen).toEqual([]);
  });

  test("that are encoded in a query stay encoded", async () => {
    const { gateway, server } = await startBackendWorld();
    await ask(gateway, "GET /shop/a?x=%0d%0ax-evil:%201%0d%0a%0d%0a");
    expect(server.seen[0]?.head).toStartWith("GET /a?x=%0d%0ax-evil:%201%0d%0a%0d%0a HTTP/1.1\r\n");
    expect(server.seen[0]?.headers["x-evil"]).toBeUndefined();
  });

  test("in JSON come back in no header", async () => {
    const { gateway } = await startBackendWorld();
    const body = JSON.stringify({ model: EVIL, messages: [], [EVIL]: 1 });
    const { status, head } = await ask(gateway, "POST /v1/chat/completions", [], body);
    expect(status).toBe(404);
    expect(head).not.toContain("x-evil");
    const { head: path } = await ask(gateway, `GET /v1/models/${encodeURIComponent(EVIL)}`);
    expect(path).not.toContain("x-evil");
  });
});

describe("line ends in a backend's answer", () => {
  test.each([
    ["a bare line feed in a value", "x-a: b\nx-evil: 1"],
    ["a bare carriage return in a value", "x-a: b\rx-evil: 1"],
    ["a carriage return before the line end", "x-a: b\r"],
    ["a line feed in a name", "x-a\nx-evil: 1"],
    ["a folded line", "x-a: b\r\n x-evil: 1"],
    ["a zero", "x-a: b\0"],
    ["a space before the colon", "x-evil : 1"],
  ])("make it no answer: %s", async (_, line) => {
    const { gateway } = await startBackendWorld(({ send }) => {
      send(`HTTP/1.1 200 OK\r\n${line}\r\ncontent-length: 2\r\n\r\nok`);
    });
    const { status, head, code } = await ask(gateway, "GET /shop/a");
    expect([status, code]).toEqual([502, "LK-3106"]);
    expect(head).not.toContain("x-evil");
  });

  test("in its status line make it none, and its reason is not passed on", async () => {
    const { gateway, server } = await startBackendWorld(({ send }) => {
      send("HTTP/1.1 200 OK\nx-evil: 1\r\ncontent-length: 2\r\n\r\nok");
    });
    expect(await ask(gateway, "GET /shop/a")).toMatchObject({ status: 502, code: "LK-3106" });
    server.script = ({ send }) => send(okAnswer.replace("OK", "Odd <script>"));
    expect((await ask(gateway, "GET /shop/a")).head).toStartWith("HTTP/1.1 200 OK\r\n");
  });
});

describe("line ends in what a config sets", () => {
  const set = (headers: Partial<Artifact["backends"][number]>) =>
    startBackendGateway([backend({ requestHeaders: { set: [], remove: [] }, ...headers })]);

  test.each([
    ["a value", [["x-a", EVIL]]],
    ["a name", [[`x-a: b\r\nx-evil`, "1"]]],
    ["a header that frames the body", [["content-length", "0"]]],
    ["a header of the connection", [["transfer-encoding", "chunked"]]],
  ] as const)("of requests are refused when it is loaded: %s", async (_, headers) => {
    const requestHeaders = {
      set: headers.map(([name, value]) => [name, value] as [string, string]),
      remove: [],
    };
    await expect(set({ requestHeaders })).rejects.toMatchObject({ code: "LK-6001" });
  });

  test("of providers are refused when it is loaded", async () => {
    const started = startGateway({ baseUrls: ["http://127.0.0.1:9"], headers: [["x-a", EVIL]] });
    await expect(started).rejects.toMatchObject({ code: "LK-6001" });
  });

  test("of answers cannot end their line", async () => {
    const { gateway } = await startBackendWorld(undefined, () => ({
      responseHeaders: { set: [["x-a", EVIL]], remove: [] },
    }));
    const { head } = await ask(gateway, "GET /shop/a");
    expect(head).toContain("\r\nx-a: a??x-evil: 1????GET");
    expect(head).not.toMatch(/^x-evil/m);
  });
});

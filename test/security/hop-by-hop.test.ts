import { describe, expect, test } from "bun:test";
import { afterTest } from "../support/after-test.ts";
import { upstreamKey } from "../support/artifact-fixture.ts";
import { startGateway, upstreamSecret } from "../support/gateway-fixture.ts";
import { startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { ask, startBackendWorld } from "./support/ask.ts";

const hops = [
  "keep-alive: timeout=5",
  "proxy-connection: keep-alive",
  "proxy-authorization: Basic aG9w",
  "proxy-authenticate: Basic",
  "te: trailers",
  "trailer: x-hop",
  "upgrade: h2c",
  "http2-settings: AAMAAABkAAQAAP__",
  "x-hop: 1",
];
const HOP = /^(?:connection|keep-alive|proxy-|te:|trailer|upgrade|http2-|x-hop)/im;

describe("headers of one connection", () => {
  test("end at the gateway on the way to a backend, those that Connection names as well", async () => {
    const { gateway, server } = await startBackendWorld();
    await ask(gateway, "GET /shop/a", ["connection: close, X-Hop,  , te", ...hops, "x-end: stays"]);
    expect(server.seen[0]?.head).not.toMatch(HOP);
    expect(server.seen[0]?.headers["x-end"]).toBe("stays");
  });

  test("take nothing from what the gateway adds, whatever they name", async () => {
    const named =
      "authorization, x-org, x-forwarded-for, x-request-id, via, host, content-length, content-type";
    const { gateway, server } = await startBackendWorld(undefined, () => ({
      auth: { kind: "bearer", token: upstreamKey },
      requestHeaders: { set: [["x-org", "ours"]], remove: [] },
    }));
    await ask(gateway, "POST /shop/a", [`connection: close, ${named}`], "body");
    const { host } = new URL(server.baseUrl);
    expect(server.seen[0]).toMatchObject({
      headers: {
        ...{ authorization: `Bearer ${upstreamSecret}`, "x-org": "ours", "x-forwarded-for": "127.0.0.1" },
        ...{ via: "1.1 latchkey", host, "content-length": "4", "x-request-id": expect.any(String) },
      },
      body: "body",
    });
  });

  test("end at the gateway on the way back from a backend", async () => {
    const lines = [
      "connection: X-Hop, close",
      ...hops,
      "connection: x-second",
      "x-second: 1",
      "x-end: stays",
    ];
    const { gateway } = await startBackendWorld(({ send, end }) => {
      send(`HTTP/1.1 200 OK\r\n${lines.join("\r\n")}\r\ncontent-length: 2\r\n\r\nok`);
      end();
    });
    const { head, body } = await ask(gateway, "GET /shop/a");
    expect(body).toBe("ok");
    expect(head.replace("connection: close\r\n", "")).not.toMatch(HOP);
    expect(head).not.toContain("x-second");
    expect(head).toContain("x-end: stays");
  });

  test("never reach a provider of models, nor do they come back from one", async () => {
    const answer = wholeAnswer(chatSample("text.json"), 200, ["connection: x-hop", ...hops, "x-vendor: 1"]);
    const upstream = startReplayUpstream(({ send }) => send(answer));
    afterTest(() => upstream.stop());
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
    afterTest(() => gateway.stop());
    const body = JSON.stringify({ model: "fast", messages: [{ role: "user", content: "Hello" }] });
    const named = ["connection: close, authorization, x-fixed, content-length, x-hop", ...hops];
    const { status, head } = await ask(gateway, "POST /v1/chat/completions", named, body);
    expect(status).toBe(200);
    expect(upstream.seen[0]?.head).not.toMatch(HOP);
    expect(upstream.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${upstreamSecret}`,
      "x-fixed": "yes",
    });
    expect(head.replace("connection: close\r\n", "")).not.toMatch(HOP);
    expect(head).not.toContain("x-vendor");
  });
});

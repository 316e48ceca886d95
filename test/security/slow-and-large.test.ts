import { describe, expect, test } from "bun:test";
import { deflateSync, gzipSync } from "node:zlib";
import { Caller, startFront, textReply, turnsUntil } from "../front/support/front.ts";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { ask, startBackendWorld } from "./support/ask.ts";
import { routeCalls, unreadRoute } from "./support/calls.ts";

const ZEROS = new Uint8Array(20 * 1024 ** 2);
/** 20 MiB in 20 kB. */
const BOMB = gzipSync(ZEROS);

describe("a small body that would unpack to a large one", () => {
  test.each(["gzip", "deflate", "br", "zstd", "GZIP", "x-gzip", "gzip, gzip", "identity, gzip"])(
    "is unpacked on no route: content-encoding %s",
    async (encoding) => {
      const { gateway, server } = await startBackendWorld();
      const named = { model: "fast", endpoint: "none", answer: "none" };
      const paths = Object.entries(routeCalls)
        .filter(([route]) => route.startsWith("POST") && route !== unreadRoute)
        .flatMap(([, of]) => of(named).flatMap(({ path, body }) => (body === undefined ? [] : [path])));
      for (const path of [...new Set(paths), "/shop/a"]) {
        const response = await fetch(gateway.url + path, {
          method: "POST",
          headers: {
            authorization: `Bearer ${gateway.key}`,
            "content-type": "application/json",
            "content-encoding": encoding,
          },
          body: encoding === "deflate" ? deflateSync(ZEROS) : BOMB,
        });
        const code = response.headers.get("x-latchkey-error");
        // Where the path names something that is not there, nobody looks at the body.
        expect([path, code]).toEqual([path, path.startsWith("/api/") ? "LK-2005" : "LK-2106"]);
      }
      expect(server.seen).toEqual([]);
    },
  );

  test("of a backend passes as it is", async () => {
    const { gateway } = await startBackendWorld(({ send }) => {
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${BOMB.length}\r\n\r\n`;
      send(Buffer.concat([Buffer.from(head), BOMB]));
    });
    const { head, body } = await ask(gateway, "GET /shop/a");
    expect(head).toContain("content-encoding: gzip\r\n");
    expect(Buffer.from(body, "latin1").equals(BOMB)).toBe(true);
  });

  test("of a provider, who was told to send none, is no answer", async () => {
    const upstream = startReplayUpstream(({ send }) =>
      send(wholeAnswer(BOMB, 200, ["content-encoding: gzip"])),
    );
    afterTest(() => upstream.stop());
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
    afterTest(() => gateway.stop());
    const call = { model: "fast", messages: [{ role: "user", content: "Hello" }] };
    const response = await gateway.call("/v1/chat/completions", call);
    expect([response.status, (await response.text()).length < 1_000]).toEqual([502, true]);
    expect(upstream.seen[0]?.headers["accept-encoding"] ?? "identity").toBe("identity");
  });
});

describe("callers who take their time", () => {
  const head = "POST /a HTTP/1.1\r\nhost: a\r\n";

  test("with heads that never end do not keep others waiting, and are sent away", async () => {
    const front = startFront({ timing: { headMs: 50, sweepMs: 10 } });
    const slow = Array.from({ length: 100 }, () => new Caller(front));
    await Promise.all(slow.map((caller) => caller.send(head)));
    const quick = new Caller(front);
    await quick.send("GET /quick HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    expect(await quick.closed).toContain("GET /quick");
    for (const caller of slow) expect(await caller.closed).toStartWith("HTTP/1.1 408 ");
    expect(front.served).toHaveLength(1);
  });

  test("with bodies that trickle are sent away when the time for them is over", async () => {
    const front = startFront({ timeoutMs: 50, timing: { sweepMs: 10 } });
    const slow = Array.from({ length: 100 }, () => new Caller(front));
    const drip = async (caller: Caller): Promise<void> => {
      await caller.send(`${head}content-length: 100000\r\n\r\n`);
      while (!caller.received.includes("408")) {
        await caller.send("x").catch(() => {});
        await new Promise((resolve) => setImmediate(resolve));
      }
      caller.socket.destroy();
    };
    await Promise.all(slow.map(drip));
    const quick = new Caller(front);
    await quick.send("GET /quick HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    expect(await quick.closed).toContain("GET /quick");
    expect(front.served.map(({ path }) => path)).toEqual(["/quick"]);
  });

  test("or hold connections without a word leave room for others", async () => {
    const front = startFront({ handle: () => textReply("ok"), timing: { idleMs: 60_000 } });
    const idle = Array.from({ length: 500 }, () => new Caller(front));
    await turnsUntil(() => front.listener.open >= idle.length);
    const quick = new Caller(front);
    await quick.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    expect(await quick.closed).toEndWith("ok");
  });
});

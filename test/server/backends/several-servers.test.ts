import { describe, expect, test } from "bun:test";
import type { ArtifactHealth } from "../../../src/artifact/artifact.ts";
import { BackendServers } from "../../../src/runtime/backends/backend-servers.ts";
import { WeightedTurns } from "../../../src/runtime/backends/weighted-turns.ts";
import { afterTest } from "../../support/after-test.ts";
import { type ReplayScript, startReplayUpstream } from "../../support/replay-upstream.ts";
import { backend, startBackendGateway, upstreamAt, withBackends } from "./support/backend-gateway.ts";

function server(script: ReplayScript) {
  const started = startReplayUpstream(script);
  afterTest(() => started.stop());
  return { seen: started.seen, origin: new URL(started.baseUrl).origin, stop: started.stop };
}

const saying = (text: string): ReplayScript => {
  return ({ send }) => send(`HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
};

/** A port that nothing listens on. */
function nowhere(): string {
  const { origin, stop } = server(() => {});
  stop();
  return origin;
}

describe("turns by weight", () => {
  test("are spread out evenly", () => {
    const turns = new WeightedTurns([
      { weight: 5, name: "a" },
      { weight: 1, name: "b" },
      { weight: 1, name: "c" },
    ]);
    const order = Array.from({ length: 7 }, () => turns.next(() => true)?.name).join("");
    expect(order).toBe("aabacaa");
  });

  test("go to nobody where nobody may have one", () => {
    expect(new WeightedTurns([{ weight: 1 }]).next(() => false)).toBeUndefined();
  });
});

describe("several servers", () => {
  test("share the requests by their weights", async () => {
    const [a, b] = [server(saying("a")), server(saying("b"))];
    const gateway = await startBackendGateway([
      backend({ upstreams: [upstreamAt(a.origin, 3), upstreamAt(b.origin, 1)] }),
    ]);
    afterTest(() => gateway.stop());
    for (let count = 0; count < 8; count++) await gateway.call("/shop");
    expect([a.seen.length, b.seen.length]).toEqual([6, 2]);
  });

  test.each(["GET", "POST"])("stand in for one that cannot be reached, for %s", async (method) => {
    const good = server(saying("good"));
    const gateway = await startBackendGateway([
      backend({ upstreams: [upstreamAt(nowhere(), 100), upstreamAt(good.origin)] }),
    ]);
    afterTest(() => gateway.stop());
    const response = await fetch(`${gateway.url}/shop`, { method, headers: { "x-api-key": gateway.key } });
    expect(await response.text()).toBe("good");
    expect(await gateway.row()).toMatchObject({ attempts: 2, target: new URL(good.origin).host });
  });

  test.each([
    ["GET", "good", 1],
    ["POST", "LK-3101", 0],
  ])(
    "stand in for one that leaves after it was asked only where %s may be sent twice",
    async (method, text, asked) => {
      const bad = server(({ end }) => end());
      const good = server(saying("good"));
      const gateway = await startBackendGateway([
        backend({ upstreams: [upstreamAt(bad.origin, 100), upstreamAt(good.origin)] }),
      ]);
      afterTest(() => gateway.stop());
      const response = await fetch(`${gateway.url}/shop`, { method, headers: { "x-api-key": gateway.key } });
      expect(await response.text()).toContain(text);
      expect([bad.seen.length, good.seen.length]).toEqual([1, asked]);
    },
  );

  test("do not stand in for one that answers with an error", async () => {
    const bad = server(({ send }) => send("HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n"));
    const good = server(saying("good"));
    const gateway = await startBackendGateway([
      backend({ upstreams: [upstreamAt(bad.origin, 100), upstreamAt(good.origin)] }),
    ]);
    afterTest(() => gateway.stop());
    expect((await gateway.call("/shop")).status).toBe(500);
    expect(good.seen).toEqual([]);
  });
});

describe("a request that must not be sent twice", () => {
  test("is not repeated on a new connection when the kept one is dead", async () => {
    let count = 0;
    const only = server(({ send, reset }) => {
      count++;
      if (count === 1) send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
      else reset();
    });
    const gateway = await startBackendGateway([backend({ upstreams: [upstreamAt(only.origin)] })]);
    afterTest(() => gateway.stop());
    expect((await gateway.call("/shop", "{}")).status).toBe(200);
    expect((await gateway.call("/shop", "{}")).status).toBe(502);
    expect(only.seen).toHaveLength(2);
  });
});

describe("health checks", () => {
  const health: ArtifactHealth = {
    path: "/health",
    intervalMs: 5,
    timeoutMs: 1_000,
    healthyAfter: 2,
    unhealthyAfter: 2,
    status: [200, 299],
  };

  /** A server whose health a test decides, which tells how often it was asked. */
  function checked(text: string) {
    const state = { status: 200, checks: 0, waiting: [] as (() => void)[] };
    const started = server(({ request, send }) => {
      if (!request.head.startsWith("GET /health "))
        return send(`HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n${text}`);
      state.checks++;
      send(`HTTP/1.1 ${state.status} X\r\ncontent-length: 0\r\n\r\n`);
      for (const wake of state.waiting.splice(0)) wake();
    });
    const checks = async (count: number): Promise<void> => {
      for (const until = state.checks + count; state.checks < until; ) {
        await new Promise<void>((resolve) => state.waiting.push(resolve));
      }
    };
    return { ...started, state, checks };
  }

  test("keep requests from a server that is down until it is well again", async () => {
    const [a, b] = [checked("a"), checked("b")];
    const gateway = await startBackendGateway([
      backend({ upstreams: [upstreamAt(a.origin), upstreamAt(b.origin)], health }),
    ]);
    afterTest(() => gateway.stop());
    const answers = async () => {
      const texts = new Set<string>();
      for (let count = 0; count < 4; count++) texts.add(await (await gateway.call("/shop")).text());
      return [...texts].sort().join("");
    };
    expect(await answers()).toBe("ab");
    a.state.status = 500;
    await a.checks(4);
    expect(await answers()).toBe("b");
    b.state.status = 503;
    await b.checks(4);
    const response = await gateway.call("/shop");
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([503, "LK-3109"]);
    a.state.status = 204;
    await a.checks(4);
    expect(await answers()).toBe("a");
  });

  test("end with the tables that wanted them", async () => {
    const a = checked("a");
    const gateway = await startBackendGateway([backend({ upstreams: [upstreamAt(a.origin)], health })]);
    afterTest(() => gateway.stop());
    await a.checks(1);
    await gateway.reload(withBackends([]));
    const { checks } = a.state;
    const other = checked("b");
    await gateway.reload(withBackends([backend({ upstreams: [upstreamAt(other.origin)], health })]));
    await other.checks(5);
    expect(a.state.checks).toBeLessThanOrEqual(checks + 1);
  });

  test("go on unchanged where a reload changes nothing of the server", () => {
    const servers = new BackendServers();
    afterTest(() => servers.close());
    const at = upstreamAt("http://127.0.0.1:9");
    const [[key, first], [, second]] = [servers.take(at, health), servers.take({ ...at, weight: 7 }, health)];
    expect(second).toBe(first);
    servers.release(key);
    expect(servers.take(at, health)[1]).toBe(first);
  });
});

import { afterEach, describe, expect, test } from "bun:test";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import {
  chunk,
  lastChunk,
  type ReplayUpstream,
  startReplayUpstream,
  streamHead,
  wholeAnswer,
} from "../support/replay-upstream.ts";

const started: { stop: () => unknown }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

/** An upstream that names itself in every answer, in two pieces where a stream is asked for. */
function namedUpstream(name: string): ReplayUpstream {
  const upstream = startReplayUpstream(({ request, send }) => {
    if (JSON.parse(request.body).stream !== true) {
      send(
        wholeAnswer(
          JSON.stringify({ name, choices: [{}], usage: { prompt_tokens: 1, completion_tokens: 1 } }),
        ),
      );
      return;
    }
    const piece = (finish: string | null) =>
      chunk(
        `data: ${JSON.stringify({ name, choices: [{ index: 0, delta: {}, finish_reason: finish }] })}\n\n`,
      );
    send(streamHead);
    send(piece(null));
    setImmediate(() => {
      send(piece("stop"));
      send(chunk("data: [DONE]\n\n"));
      send(lastChunk);
    });
  });
  started.push(upstream);
  return upstream;
}

const ask = (gateway: GatewayFixture, stream: boolean) =>
  gateway.call("/v1/chat/completions", { model: "fast", messages: [], stream });

describe("a reload", () => {
  test("drops no call, and each call is served by one artifact alone", async () => {
    const upstreams = [namedUpstream("first"), namedUpstream("second")] as const;
    const gateway = await startGateway({ baseUrls: [upstreams[0].baseUrl] });
    started.unshift(gateway);
    const servedBy = new Map<string, Set<string>>();
    let running = true;
    let answered = 0;
    const caller = async (stream: boolean): Promise<void> => {
      while (running) {
        const response = await ask(gateway, stream);
        const text = await response.text();
        expect(response.status).toBe(200);
        if (stream) expect(text).toEndWith("data: [DONE]\n\n");
        const artifact = response.headers.get("x-latchkey-artifact") ?? "";
        const names = servedBy.get(artifact) ?? new Set();
        for (const [, name = ""] of text.matchAll(/"name":"(\w+)"/g)) names.add(name);
        servedBy.set(artifact, names);
        answered++;
      }
    };
    const callers = Array.from({ length: 40 }, (_, index) => caller(index % 2 === 0));
    for (let round = 1; round <= 20; round++) {
      const target = answered + 20;
      while (answered < target) await ask(gateway, false).then((response) => response.text());
      await gateway.reload({ baseUrls: [upstreams[round % 2 === 0 ? 0 : 1].baseUrl] });
    }
    running = false;
    await Promise.all(callers);
    expect(servedBy.size).toBe(2);
    for (const names of servedBy.values()) expect(names.size).toBe(1);
    expect(gateway.gateway.active()).toBe(0);
  }, 30_000);

  test("lets a stream end on what it began with", async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const old = startReplayUpstream(async ({ send }) => {
      send(streamHead);
      send(chunk(`data: {"choices":[{"delta":{"content":"a"}}]}\n\n`));
      await goOn;
      send(chunk(`data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`));
      send(lastChunk);
    });
    started.push(old);
    const gateway = await startGateway({ baseUrls: [old.baseUrl] });
    started.unshift(gateway);
    const response = await ask(gateway, true);
    await gateway.reload({ baseUrls: [namedUpstream("new").baseUrl] });
    expect(await (await ask(gateway, false)).text()).toContain('"name":"new"');
    resolve();
    expect(await response.text()).toEndWith("data: [DONE]\n\n");
  });

  test("keeps the connections of a provider that stays the same", async () => {
    let connections = 0;
    const upstream = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        open: () => void connections++,
        data: (socket) => void socket.write(wholeAnswer(`{"choices":[{}]}`)),
      },
    });
    started.push({ stop: () => upstream.stop(true) });
    const baseUrls = [`http://127.0.0.1:${upstream.port}/v1`];
    const gateway = await startGateway({ baseUrls });
    started.unshift(gateway);
    await (await ask(gateway, false)).text();
    await gateway.reload({ baseUrls, settings: { maxRequestBytes: 5_000 } });
    await (await ask(gateway, false)).text();
    expect(connections).toBe(1);
  });
});

describe("a drain", () => {
  test("lets calls end and takes no new ones", async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const { promise: asked, resolve: ask1 } = Promise.withResolvers<void>();
    const upstream = startReplayUpstream(async ({ send }) => {
      ask1();
      await goOn;
      send(wholeAnswer(`{"choices":[{}]}`));
    });
    started.push(upstream);
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
    const pending = ask(gateway, false);
    await asked;
    const drained = gateway.listener.drain(10_000);
    await expect(fetch(`${gateway.url}/healthz`, { keepalive: false })).rejects.toThrow();
    resolve();
    expect((await pending).status).toBe(200);
    expect(await drained).toBe(0);
  });

  test("counts what it has to cut off", async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const upstream = startReplayUpstream(() => resolve());
    started.push(upstream);
    const gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
    const pending = ask(gateway, false).catch(() => "cut");
    await asked;
    expect(await gateway.listener.drain(50)).toBe(1);
    expect(await pending).toBe("cut");
    gateway.gateway.close();
  });
});

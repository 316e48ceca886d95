import { afterEach, describe, expect, test } from "bun:test";
import type { Socket, TCPSocketListener } from "bun";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { chunk, lastChunk, streamHead, wholeAnswer } from "../support/replay-upstream.ts";
import { ask } from "./support/fault-gateway.ts";

const started: { readonly stop: () => unknown }[] = [];
afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.stop();
});

/** An upstream that counts its connections, and keeps calls waiting on demand. */
class CountingUpstream {
  /** Connections that were ever opened. */
  opened = 0;
  /** Connections that stand. */
  standing = 0;
  /** Whether calls wait for `release`. */
  isHolding = false;
  readonly #held: (() => void)[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #server: TCPSocketListener<{ text: string }>;

  constructor(readonly name: string) {
    this.#server = Bun.listen<{ text: string }>({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        open: (socket) => {
          socket.data = { text: "" };
          this.opened++;
          this.#note(1);
        },
        data: (socket, bytes) => {
          socket.data.text += bytes.toString("latin1");
          const end = socket.data.text.indexOf("\r\n\r\n");
          const length = Number(/content-length: (\d+)/.exec(socket.data.text)?.[1]);
          if (end < 0 || socket.data.text.length < end + 4 + length) return;
          const isStream = socket.data.text.includes('"stream":true');
          socket.data.text = "";
          if (isStream) this.#begin(socket);
          if (!this.isHolding) return this.#finish(socket, isStream);
          this.#held.push(() => this.#finish(socket, isStream));
          this.#wake();
        },
        close: () => this.#note(-1),
      },
    });
    started.push({ stop: () => this.#server.stop(true) });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#server.port}/v1`;
  }

  /** Resolves once the condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      await promise;
      this.#waiting.delete(resolve);
    }
  }

  holding(calls: number): Promise<void> {
    return this.until(() => this.#held.length === calls);
  }

  release(): void {
    for (const finish of this.#held.splice(0)) finish();
  }

  #begin(socket: Socket<{ text: string }>): void {
    socket.write(streamHead);
    socket.write(chunk(`data: {"name":"${this.name}","choices":[]}\n\n`));
  }

  #finish(socket: Socket<{ text: string }>, isStream: boolean): void {
    if (isStream) socket.write(Buffer.concat([chunk("data: [DONE]\n\n"), Buffer.from(lastChunk)]));
    else socket.write(wholeAnswer(`{"name":"${this.name}","choices":[{}]}`));
  }

  #note(change: number): void {
    this.standing += change;
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }
}

async function startAt(...upstreams: CountingUpstream[]): Promise<GatewayFixture> {
  const gateway = await startGateway({ baseUrls: upstreams.map(({ baseUrl }) => baseUrl) });
  started.push(gateway);
  return gateway;
}

const text = async (pending: Promise<Response>): Promise<string> => (await pending).text();

describe("an upstream that a reload replaces", () => {
  test("loses its idle connections at once where no call is under way", async () => {
    const [old, next] = [new CountingUpstream("old"), new CountingUpstream("next")];
    const gateway = await startAt(old);
    await Promise.all(Array.from({ length: 5 }, () => text(ask(gateway, false))));
    expect(old.standing).toBeGreaterThan(0);
    await gateway.reload({ baseUrls: [next.baseUrl] });
    await old.until(() => old.standing === 0);
    expect(await text(ask(gateway, false))).toContain('"next"');
  });

  test.each([false, true])("loses them after its last call otherwise (streamed: %p)", async (stream) => {
    const [old, next] = [new CountingUpstream("old"), new CountingUpstream("next")];
    const gateway = await startAt(old);
    old.isHolding = true;
    const pending = Array.from({ length: 4 }, () => ask(gateway, stream));
    await old.holding(4);
    await gateway.reload({ baseUrls: [next.baseUrl] });
    expect(await text(ask(gateway, stream))).toContain('"next"');
    expect(old.standing).toBe(4);
    expect(gateway.gateway.active()).toBe(4);
    old.release();
    for (const one of pending) expect(await text(one)).toContain('"old"');
    await old.until(() => old.standing === 0);
    expect(old.opened).toBe(4);
    await gateway.gateway.idle();
    expect(gateway.gateway.active()).toBe(0);
  });

  test("loses them, too, when the last caller leaves", async () => {
    const [old, next] = [new CountingUpstream("old"), new CountingUpstream("next")];
    const gateway = await startAt(old);
    old.isHolding = true;
    const reader = (await ask(gateway, true)).body?.getReader();
    await gateway.reload({ baseUrls: [next.baseUrl] });
    await reader?.cancel();
    await old.until(() => old.standing === 0);
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301" });
  });

  test("keeps its connections where it is still among the others", async () => {
    const [kept, old, next] = [
      new CountingUpstream("kept"),
      new CountingUpstream("old"),
      new CountingUpstream("next"),
    ];
    const gateway = await startAt(kept, old);
    for (let round = 0; round < 10; round++) {
      expect(await text(ask(gateway, false))).toContain('"kept"');
      await gateway.reload({ baseUrls: [kept.baseUrl, round % 2 === 0 ? next.baseUrl : old.baseUrl] });
    }
    expect(kept.opened).toBe(1);
    expect(kept.standing).toBe(1);
  });
});

describe("many calls at once over many reloads", () => {
  test("are all answered, each by the artifact that it names", async () => {
    const upstreams = [new CountingUpstream("even"), new CountingUpstream("odd")] as const;
    const gateway = await startAt(upstreams[0]);
    const artifactOf = new Map<string, string>();
    let running = true;
    let answered = 0;
    const caller = async (stream: boolean): Promise<void> => {
      do {
        const response = await ask(gateway, stream);
        const body = await response.text();
        const name = /"name":"(\w+)"/.exec(body)?.[1] ?? body;
        const artifact = response.headers.get("x-latchkey-artifact") ?? "";
        if (!artifactOf.has(artifact)) artifactOf.set(artifact, name);
        expect({ status: response.status, name }).toEqual({
          status: 200,
          name: artifactOf.get(artifact) ?? "",
        });
        if (stream) expect(body).toEndWith("data: [DONE]\n\n");
        answered++;
      } while (running);
    };
    const callers = Promise.all(Array.from({ length: 200 }, (_, index) => caller(index % 2 === 0)));
    for (let reload = 1; reload <= 20; reload++) {
      await gateway.row(() => answered >= reload * 40);
      await gateway.reload({ baseUrls: [upstreams[reload % 2 === 0 ? 0 : 1].baseUrl] });
    }
    running = false;
    await callers;
    expect([...artifactOf.values()].sort()).toEqual(["even", "odd"]);
    expect(gateway.rows).toHaveLength(answered);
    expect(gateway.rows.filter(({ errorCode, attempts }) => errorCode !== null || attempts !== 1)).toEqual(
      [],
    );
    expect(gateway.gateway.active()).toBe(0);
    // The upstream of the artifact before the last one is let go.
    await upstreams[1].until(() => upstreams[1].standing === 0);
  }, 30_000);
});

describe("a drain", () => {
  test("cuts off what does not end in time, tells how many, and leaves their rows", async () => {
    const upstream = new CountingUpstream("slow");
    const gateway = await startAt(upstream);
    upstream.isHolding = true;
    const streamed = [await ask(gateway, true), await ask(gateway, true)];
    const whole = ask(gateway, false).then(
      (response) => response.text(),
      () => "cut",
    );
    await upstream.holding(3);
    expect(await gateway.listener.drain(50)).toBe(3);
    expect(await whole).toBe("cut");
    for (const response of streamed) await expect(response.text()).rejects.toThrow();
    await upstream.until(() => upstream.standing === 0);
    await gateway.gateway.idle();
    expect(gateway.rows.map(({ status, errorCode }) => ({ status, errorCode }))).toEqual(
      Array.from({ length: 3 }, () => ({ status: 499, errorCode: "LK-2301" })),
    );
  });

  test("says that it is not ready, lets a stream end and closes unused connections to upstreams", async () => {
    const upstream = new CountingUpstream("slow");
    const gateway = await startAt(upstream);
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    upstream.isHolding = true;
    const response = await ask(gateway, true);
    await upstream.holding(1);
    const drained = gateway.listener.drain(20_000);
    expect(gateway.gateway.ready()).toBe(false);
    upstream.release();
    expect(await response.text()).toEndWith("data: [DONE]\n\n");
    expect(await drained).toBe(0);
    gateway.gateway.close();
    await upstream.until(() => upstream.standing === 0);
  });
});

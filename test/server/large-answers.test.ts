import { describe, expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import type { GatewayFixture } from "../support/gateway-fixture.ts";
import { chunk, type ReplayConnection, type ReplayScript, wholeAnswer } from "../support/replay-upstream.ts";
import { ask, chatPath, good, startFaulty, stopAfterEach } from "./support/fault-gateway.ts";

stopAfterEach();

const patient = { connectMs: 0, firstTokenMs: 0, idleMs: 0, totalMs: 0 };
const large = `{"choices":[],"x":"${"y".repeat(3_000_000)}"}`;

/** A caller who sees every byte of the answer's framing. */
interface RawCaller {
  readonly socket: Socket;
  /** Resolves when the answer has begun. */
  readonly begun: Promise<void>;
  /** All bytes, once the gateway has closed the connection. */
  readonly closed: Promise<string>;
}

function callRaw(gateway: GatewayFixture): RawCaller {
  const body = `{"model":"fast","messages":[]}`;
  const begun = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<string>();
  const lines = [
    `POST ${chatPath} HTTP/1.1`,
    "Host: gateway",
    `Authorization: Bearer ${gateway.key}`,
    `Content-Length: ${body.length}`,
  ];
  const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
  const pieces: Buffer[] = [];
  socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  socket.on("data", (piece) => {
    pieces.push(Buffer.from(piece));
    begun.resolve();
  });
  socket.on("error", () => {});
  socket.on("close", () => closed.resolve(Buffer.concat(pieces).toString("latin1")));
  return { socket, begun: begun.promise, closed: closed.promise };
}

/** Sends two thirds of a large answer, then, once the caller has some of it, what is asked for. */
async function cutLarge(
  cut: (connection: ReplayConnection) => void,
  fixture: Parameters<typeof startFaulty>[2] = {},
): Promise<{ readonly answer: string; readonly gateway: GatewayFixture }> {
  const { promise: hasBegun, resolve: goOn } = Promise.withResolvers<void>();
  let isFirst = true;
  const script: ReplayScript = async (connection) => {
    if (!isFirst) return good(connection);
    isFirst = false;
    connection.send(wholeAnswer(large).subarray(0, 2_000_000));
    await hasBegun;
    cut(connection);
  };
  const { gateway } = await startFaulty(script, true, { timeouts: patient, ...fixture });
  const caller = callRaw(gateway);
  await caller.begun;
  goOn();
  return { answer: await caller.closed, gateway };
}

describe("an answer that is passed on while it comes", () => {
  test.each<readonly [string, (connection: ReplayConnection) => void, object, string]>([
    ["is closed", ({ end }) => end(), {}, "LK-3008"],
    ["stalls", () => {}, { timeouts: { ...patient, idleMs: 100 } }, "LK-3005"],
    ["takes too long", () => {}, { timeouts: { ...patient, totalMs: 300 } }, "LK-3006"],
  ])("that %s breaks off for the caller, and never looks whole", async (_, cut, fixture, code) => {
    const { answer, gateway } = await cutLarge(cut, fixture);
    expect(answer).toStartWith("HTTP/1.1 200 OK\r\n");
    expect(answer.toLowerCase()).toContain("transfer-encoding: chunked\r\n");
    expect(answer).not.toContain("\r\n0\r\n");
    expect(answer).not.toContain("LatchkeyError");
    expect(answer).not.toContain("/src/");
    expect(await gateway.row()).toMatchObject({
      status: 200,
      errorCode: code,
      attempts: 1,
      costNanoUsd: null,
      usage: null,
    });
    await gateway.gateway.idle();
    expect((await ask(gateway, false)).status).toBe(200);
  });

  test("is whole where the upstream's is", async () => {
    const { gateway } = await startFaulty(({ send }) => send(wholeAnswer(large)), false);
    expect(await (await ask(gateway, false)).text()).toBe(large);
    expect(await gateway.row()).toMatchObject({ errorCode: null, responseBytes: large.length });
  });

  test("that grows too large breaks off for the caller", async () => {
    const settings = { maxResponseBytes: 2_500_000 };
    const { gateway } = await startFaulty(
      ({ send }) => {
        send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
        send(chunk(large));
      },
      true,
      { settings },
    );
    const answer = await callRaw(gateway).closed;
    expect(answer).toStartWith("HTTP/1.1 200 OK\r\n");
    expect(answer).not.toContain("\r\n0\r\n");
    expect(await gateway.row()).toMatchObject({ status: 200, errorCode: "LK-3013", attempts: 1 });
  });

  test("that is something else gives the next target its turn", async () => {
    const page = `<html>${" busy".repeat(300_000)}</html>`;
    for (const [type, body] of [
      ["text/html", page],
      ["application/json", page],
      ["text/plain", large],
    ] as const) {
      const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n`;
      const { gateway } = await startFaulty(({ send }) => send(head + body), true);
      expect((await ask(gateway, false)).status).toBe(200);
      expect(await gateway.row()).toMatchObject({ status: 200, attempts: 2 });
    }
  });

  test("that announces too much gives the next target its turn", async () => {
    const settings = { maxResponseBytes: 500_000 };
    const { gateway } = await startFaulty(({ send }) => send(wholeAnswer(large)), true, { settings });
    const response = await ask(gateway, false);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Grüße");
    expect(await gateway.row()).toMatchObject({ attempts: 2, errorCode: null, costNanoUsd: null });
  });
});

describe("a caller who does not read", () => {
  test.each([false, true])(
    "holds the upstream up, and gets everything in the end (streamed: %p)",
    async (stream) => {
      const piece = stream
        ? `data: {"choices":[{"index":0,"delta":{"content":"${"x".repeat(65_000)}"}}]}\n\n`
        : "y".repeat(65_000);
      const pieces = 800;
      const end = stream ? `data: [DONE]\n\n` : `"}`;
      const begin = stream ? "" : `{"choices":[],"x":"`;
      const total = begin.length + piece.length * pieces + end.length;
      const type = stream ? "text/event-stream" : "application/json";
      let accepted = 0;
      const pump = Bun.listen<{ rest: Buffer; left: number }>({
        hostname: "127.0.0.1",
        port: 0,
        socket: {
          open(socket) {
            socket.data = { rest: Buffer.alloc(0), left: pieces };
          },
          data(socket) {
            socket.data.rest = Buffer.from(
              `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${total}\r\n\r\n${begin}`,
            );
            fill(socket);
          },
          drain: (socket) => fill(socket),
        },
      });
      const fill = (socket: Bun.Socket<{ rest: Buffer; left: number }>): void => {
        const state = socket.data;
        for (;;) {
          const written = Math.max(0, socket.write(state.rest));
          accepted += written;
          state.rest = state.rest.subarray(written);
          if (state.rest.length > 0 || state.left < 0) return;
          state.rest = Buffer.from(state.left-- > 0 ? piece : end);
        }
      };
      const { gateway } = await startFaulty(() => {}, false, {
        baseUrls: [`http://127.0.0.1:${pump.port}/v1`],
        timeouts: patient,
        settings: { maxResponseBytes: 100_000_000 },
      });
      const response = await ask(gateway, stream);
      const reader = response.body?.getReader();
      let received = (await reader?.read())?.value?.length ?? 0;
      // Other calls go through the same gateway meanwhile; each is a full turn of everybody's sockets.
      for (let calls = 0; calls < 50; calls++) await (await gateway.call("/v1/models")).text();
      expect(accepted).toBeLessThan(total / 2);
      for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
        received += next.value.length;
      }
      expect(received).toBe(total);
      expect(await gateway.row(({ model }) => model === "fast")).toMatchObject({
        status: 200,
        errorCode: null,
      });
      pump.stop(true);
    },
  );
});

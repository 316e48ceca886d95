import { describe, expect, test } from "bun:test";
import { connect } from "node:net";
import type { GatewayFixture } from "../support/gateway-fixture.ts";
import { chunk, type ReplayScript, streamHead, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { ask, chatPath, good, startFaulty, stopAfterEach } from "./support/fault-gateway.ts";

stopAfterEach();

const patient = { connectMs: 0, firstTokenMs: 0, idleMs: 0, totalMs: 0 };

/** A caller of whom every byte and the moment of leaving are known. */
interface Caller {
  readonly leave: () => void;
  /** Resolves when the answer has begun. */
  readonly answered: Promise<void>;
}

function callOf(gateway: GatewayFixture, body: string, length = Buffer.byteLength(body)): Caller {
  const { promise, resolve } = Promise.withResolvers<void>();
  const head = [
    `POST ${chatPath} HTTP/1.1`,
    "Host: gateway",
    `Authorization: Bearer ${gateway.key}`,
    `Content-Length: ${length}`,
  ];
  const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1", () => {
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
  socket.on("data", () => resolve());
  socket.on("error", () => {});
  return { answered: promise, leave: () => socket.destroy() };
}

const bodyOf = (stream: boolean): string => JSON.stringify({ model: "fast", messages: [], stream });

/** The gateway forgets a caller who left, and serves the next one. */
async function expectForgotten(gateway: GatewayFixture): Promise<void> {
  await gateway.gateway.idle();
  expect(gateway.gateway.active()).toBe(0);
  const response = await ask(gateway, false);
  expect({ status: response.status, body: await response.text() }).toMatchObject({ status: 200 });
}

/** A script for one call, after which the upstream answers well. */
function once(script: ReplayScript): {
  readonly script: ReplayScript;
  readonly left: Promise<void>;
  readonly asked: Promise<void>;
} {
  const left = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  let isFirst = true;
  return {
    left: left.promise,
    asked: asked.promise,
    script(connection) {
      if (!isFirst) return good(connection);
      isFirst = false;
      asked.resolve();
      void connection.left.then(left.resolve);
      return script(connection);
    },
  };
}

describe("a caller who leaves", () => {
  test("while the body is read leaves a row, and no call to an upstream", async () => {
    const { gateway, first } = await startFaulty(good, false);
    const caller = callOf(gateway, `{"model":"fast","mess`, 5_000);
    while (gateway.gateway.active() === 0) await new Promise((resolve) => setImmediate(resolve));
    caller.leave();
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301", attempts: 0 });
    expect(first.seen).toHaveLength(0);
    await expectForgotten(gateway);
  });

  test.each([false, true])("before the head ends the upstream's call (streamed: %p)", async (stream) => {
    const play = once(() => {});
    const { gateway } = await startFaulty(play.script, true, { timeouts: patient });
    const caller = callOf(gateway, bodyOf(stream));
    await play.asked;
    caller.leave();
    await play.left;
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301", attempts: 1 });
    await expectForgotten(gateway);
  });

  test.each([false, true])(
    "between head and first byte ends the upstream's call (streamed: %p)",
    async (stream) => {
      const play = once(({ send }) =>
        send(stream ? streamHead : wholeAnswer("x".repeat(500)).subarray(0, -500)),
      );
      const { gateway } = await startFaulty(play.script, true, { timeouts: patient });
      const caller = callOf(gateway, bodyOf(stream));
      await play.asked;
      caller.leave();
      await play.left;
      expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301", attempts: 1 });
      await expectForgotten(gateway);
    },
  );

  test("just before a stream begins ends the upstream's call", async () => {
    const play = once(async ({ send }) => {
      caller.leave();
      // The gateway's server sees the caller leave before the answer comes.
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      send(Buffer.concat([Buffer.from(streamHead), chunk(chatSample("cut-after-text.sse"))]));
    });
    const { gateway } = await startFaulty(play.script, false, { timeouts: patient });
    const caller = callOf(gateway, bodyOf(true));
    await play.left;
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301", attempts: 1 });
    await expectForgotten(gateway);
  });

  test("just before a large answer begins ends the upstream's call", async () => {
    const play = once(async ({ send }) => {
      caller.leave();
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      send(wholeAnswer(`{"x":"${"x".repeat(4_000_000)}"}`).subarray(0, 2_000_000));
    });
    const { gateway } = await startFaulty(play.script, false, { timeouts: patient });
    const caller = callOf(gateway, bodyOf(false));
    await play.left;
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301", attempts: 1 });
    await expectForgotten(gateway);
  });

  test("in the stream ends the upstream's call", async () => {
    const play = once(({ send }) =>
      send(Buffer.concat([Buffer.from(streamHead), chunk(chatSample("cut-after-text.sse"))])),
    );
    const { gateway } = await startFaulty(play.script, true, { timeouts: patient });
    const caller = callOf(gateway, bodyOf(true));
    await caller.answered;
    caller.leave();
    await play.left;
    expect(await gateway.row()).toMatchObject({
      status: 499,
      errorCode: "LK-2301",
      attempts: 1,
      stream: true,
    });
    await expectForgotten(gateway);
  });

  test("in a large answer ends the upstream's call", async () => {
    const play = once(({ send }) =>
      send(wholeAnswer(`{"x":"${"x".repeat(4_000_000)}"}`).subarray(0, 2_000_000)),
    );
    const { gateway } = await startFaulty(play.script, true, { timeouts: patient });
    const caller = callOf(gateway, bodyOf(false));
    await caller.answered;
    caller.leave();
    await play.left;
    expect(await gateway.row()).toMatchObject({ status: 499, errorCode: "LK-2301", attempts: 1 });
    await expectForgotten(gateway);
  });
});

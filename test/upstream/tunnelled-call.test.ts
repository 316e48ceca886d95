import { describe, expect, test } from "bun:test";
import type { Connection } from "../../src/upstream/connection.ts";
import type { PooledCall } from "../../src/upstream/pooled-call.ts";
import { TunnelledCall } from "../../src/upstream/tunnelled-call.ts";
import { responseHeaders } from "../../src/upstream/upstream.ts";

const TIMEOUTS = { connectMs: 100, firstByteMs: 200, idleMs: 1_000, totalMs: 5_000 };

/** A call on a connection that takes what it is told to. */
function start(timeouts = TIMEOUTS) {
  const events: string[] = [];
  const connection = {
    isWritten: true,
    write(bytes: Uint8Array): boolean {
      events.push(`write ${bytes.length}`);
      return this.isWritten;
    },
    shutdown: () => void events.push("shutdown"),
    pause: () => void events.push("pause"),
    resume: () => void events.push("resume"),
  };
  const note = (name: string) => () => void events.push(name);
  const call = new TunnelledCall(
    {
      head: "GET / HTTP/1.1\r\n",
      body: new Uint8Array(),
      timeouts,
      receiver: {
        onHead: ({ status }) => void events.push(`head ${status}`),
        onData: ({ length }) => void events.push(`data ${length}`),
        onEnd: note("end"),
        onError: ({ code }) => void events.push(code),
        onDrain: note("drain"),
      },
    },
    { onAbort: note("abort"), onOver: note("over"), onFault: note("fault") },
    0,
  );
  const pooled: PooledCall = call;
  pooled.connection = connection as unknown as Connection;
  const open = (): void => {
    call.phase = "first-byte";
    call.onHead({ status: 101, headers: responseHeaders([]), contentLength: undefined });
    events.length = 0;
  };
  return { call, connection, events, open };
}

const BYTES = new Uint8Array(3);

describe("a tunnel", () => {
  test("is bounded as every call is until the upstream has agreed", () => {
    const { call } = start();
    expect([call.expired(99), call.expired(100)]).toEqual([undefined, "LK-3003"]);
    call.phase = "first-byte";
    expect([call.expired(199), call.expired(200)]).toEqual([undefined, "LK-3004"]);
  });

  test("is a call like all others where the upstream does not agree", () => {
    const { call, events } = start();
    call.onHead({ status: 403, headers: responseHeaders([]), contentLength: 3 });
    call.onData(BYTES);
    expect(call.write(BYTES)).toBe(true);
    expect(call.expired(5_000)).toBe("LK-3006");
    call.complete();
    expect(events).toEqual(["head 403", "data 3", "over", "end"]);
  });

  test("stands for as long as something moves, either way", () => {
    const { call, open } = start();
    open();
    expect(call.expired(1_000)).toBeUndefined();
    call.write(BYTES);
    expect([call.expired(1_900), call.expired(2_899)]).toEqual([undefined, undefined]);
    call.onData(BYTES);
    expect([call.expired(2_900), call.expired(3_899)]).toEqual([undefined, undefined]);
    call.onDrain(false);
    expect(call.expired(50_000)).toBeUndefined();
    expect([call.expired(50_999), call.expired(51_000)]).toEqual([undefined, "LK-3005"]);
  });

  test("is not idle while its reader is, who is somebody else's to judge", () => {
    const { call, open } = start();
    open();
    call.expired(0);
    call.pause();
    expect(call.expired(90_000)).toBeUndefined();
    call.resume();
    expect([call.expired(90_001), call.expired(91_001)]).toEqual([undefined, "LK-3005"]);
  });

  test("has no limit where none is set", () => {
    const { call, open } = start({ ...TIMEOUTS, idleMs: 0 });
    open();
    call.expired(0);
    expect(call.expired(1e9)).toBeUndefined();
  });

  test("says when there is room again", () => {
    const { call, connection, events, open } = start();
    open();
    connection.isWritten = false;
    expect(call.write(BYTES)).toBe(false);
    call.onDrain(false);
    call.onDrain(true);
    expect(events).toEqual(["write 3", "drain"]);
  });

  test("ends when its last bytes have left, and its receiver hears no more", () => {
    const { call, connection, events, open } = start();
    open();
    connection.isWritten = false;
    call.write(BYTES);
    call.pause();
    call.end();
    call.onData(BYTES);
    call.onDrain(false);
    expect(events).toEqual(["write 3", "pause", "resume"]);
    call.onDrain(true);
    call.complete();
    call.complete();
    expect(events.slice(3)).toEqual(["shutdown", "over"]);
    expect(call.write(BYTES)).toBe(true);
  });

  test("does not wait for ever for its last bytes", () => {
    const { call, events, open } = start();
    open();
    call.end();
    expect([call.expired(500), call.expired(10_499), call.expired(10_500)]).toEqual([
      undefined,
      undefined,
      "LK-3005",
    ]);
    call.onData(BYTES);
    expect(events).toEqual(["shutdown"]);
  });

  test("is called off where it is ended before the upstream has agreed", () => {
    const { call, events } = start();
    call.end();
    expect(events).toEqual(["over", "abort"]);
  });
});

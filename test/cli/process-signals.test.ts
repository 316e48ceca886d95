import { expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import { ProcessSignals, type SignalSource } from "../../src/cli/process-signals.ts";

/** A process that notes what is done to it. */
class FakeProcess extends EventEmitter implements SignalSource {
  readonly exits: number[] = [];
  readonly sent: unknown[] = [];
  readonly exit = (code: number): void => void this.exits.push(code);
  readonly send = (message: unknown): void => void this.sent.push(message);
}

function start() {
  const process = new FakeProcess();
  let nowMs = 0;
  const signals = new ProcessSignals(process, { now: () => 0, monotonic: () => nowMs });
  const heard: string[] = [];
  return {
    process,
    heard,
    outputLost: signals.outputLost,
    listen: (signal: "SIGINT" | "SIGTERM" | "SIGHUP") =>
      signals.listen(signal, () => void heard.push(`${signal} at ${nowMs}`)),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("a signal is heard on both ways, and the launcher is told that it was taken", () => {
  const { process, heard, listen, pass } = start();
  listen("SIGTERM");
  process.emit("message", { signal: "SIGTERM" });
  process.emit("SIGTERM");
  pass(5_000);
  process.emit("SIGTERM");
  expect(heard).toEqual(["SIGTERM at 0", "SIGTERM at 5000"]);
  expect(process.sent).toEqual([{ took: "SIGTERM" }]);
  expect(process.exits).toEqual([]);
});

test("one that nobody listens to ends the process as a shell would say", () => {
  for (const [signal, code] of [
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const direct = start();
    direct.process.emit(signal);
    expect(direct.process.exits).toEqual([code]);
    const handedOn = start();
    handedOn.listen(signal)();
    handedOn.process.emit("message", { signal });
    expect(handedOn.process.exits).toEqual([code]);
    expect(handedOn.heard).toEqual([]);
  }
});

test("a launcher that is gone counts as SIGTERM, unless the process is being stopped already", () => {
  const alone = start();
  alone.listen("SIGTERM");
  alone.process.emit("disconnect");
  expect(alone.heard).toEqual(["SIGTERM at 0"]);

  const stopping = start();
  stopping.listen("SIGTERM");
  stopping.listen("SIGINT");
  stopping.process.emit("SIGINT");
  stopping.pass(10_000);
  stopping.process.emit("disconnect");
  expect(stopping.heard).toEqual(["SIGINT at 0"]);

  const short = start();
  short.process.emit("disconnect");
  expect(short.process.exits).toEqual([143]);
});

test("where nobody reads any more, what listens is stopped once, and the rest is left to the caller", () => {
  const serving = start();
  serving.listen("SIGTERM");
  expect(serving.process.exits).toEqual([]);
  expect([serving.outputLost(), serving.outputLost()]).toEqual([true, true]);
  expect(serving.heard).toEqual(["SIGTERM at 0"]);

  const short = start();
  expect(short.outputLost()).toBe(false);
  expect(short.process.exits).toEqual([]);
});

test("messages that are no signals are left alone", () => {
  const { process } = start();
  for (const message of [null, "SIGTERM", {}, { signal: 15 }, { signal: "SIGKILL" }, { signal: "toString" }])
    process.emit("message", message);
  expect(process.exits).toEqual([]);
  expect(process.sent).toEqual([]);
});

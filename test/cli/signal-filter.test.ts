import { describe, expect, test } from "bun:test";
import { type Signal, SignalFilter, type SignalWay } from "../../src/cli/signal-filter.ts";

/** A signal, how it comes and how many milliseconds after the start. */
type Arrival = readonly [way: SignalWay, atMs: number, signal?: Signal];

/** Which of the arrivals count, by their times. */
function counted(arrivals: readonly Arrival[], usual: Signal = "SIGTERM"): readonly number[] {
  let nowMs = 0;
  const filter = new SignalFilter({ now: () => 0, monotonic: () => nowMs });
  return arrivals.flatMap(([way, atMs, signal = usual]) => {
    nowMs = atMs;
    return filter.isNew(signal, way) ? [atMs] : [];
  });
}

describe("a signal to the whole group", () => {
  test("is one, whichever process gets it first", () => {
    expect(
      counted([
        ["system", 0],
        ["launcher", 3],
      ]),
    ).toEqual([0]);
    expect(
      counted([
        ["launcher", 0],
        ["system", 3],
      ]),
    ).toEqual([0]);
    // A launcher that has to wait for a processor.
    expect(
      counted([
        ["system", 0],
        ["launcher", 1_900],
      ]),
    ).toEqual([0]);
  });

  test("is one where npm sends the launcher a copy of it", () => {
    expect(
      counted([
        ["system", 0],
        ["launcher", 3],
        ["launcher", 40],
      ]),
    ).toEqual([0]);
    expect(
      counted([
        ["launcher", 0],
        ["launcher", 1],
        ["system", 40],
      ]),
    ).toEqual([0]);
  });

  test("typed twice is two", () => {
    const twice: readonly Arrival[] = [
      ["system", 0],
      ["launcher", 3],
      ["system", 150],
      ["launcher", 152],
    ];
    expect(counted(twice, "SIGINT")).toEqual([0, 150]);
    const launcherFirst: readonly Arrival[] = [
      ["launcher", 0],
      ["system", 3],
      ["launcher", 1_150],
      ["system", 1_152],
    ];
    expect(counted(launcherFirst, "SIGINT")).toEqual([0, 1_150]);
  });

  test("of another name is another one", () => {
    const arrivals: readonly Arrival[] = [
      ["system", 0, "SIGINT"],
      ["launcher", 1, "SIGINT"],
      ["launcher", 2, "SIGTERM"],
      ["system", 3, "SIGTERM"],
    ];
    expect(counted(arrivals)).toEqual([0, 2]);
  });
});

describe("a signal to one process", () => {
  test("counts each time", () => {
    expect(
      counted([
        ["launcher", 0],
        ["launcher", 1_000],
      ]),
    ).toEqual([0, 1_000]);
    expect(
      counted([
        ["system", 0],
        ["system", 100],
      ]),
    ).toEqual([0, 100]);
  });

  test("is one where a program sends it twice", () => {
    expect(
      counted([
        ["launcher", 0],
        ["launcher", 2],
      ]),
    ).toEqual([0]);
    expect(
      counted([
        ["system", 0],
        ["system", 2],
      ]),
    ).toEqual([0]);
  });

  test("counts again when the other process gets one much later", () => {
    expect(
      counted([
        ["launcher", 0],
        ["system", 2_000],
      ]),
    ).toEqual([0, 2_000]);
  });
});

describe("SIGHUP", () => {
  test("counts as often as one process gets it", () => {
    expect(
      counted(
        [
          ["launcher", 0],
          ["launcher", 1],
        ],
        "SIGHUP",
      ),
    ).toEqual([0, 1]);
    const group: readonly Arrival[] = [
      ["system", 0],
      ["launcher", 1],
      ["system", 2],
      ["launcher", 3],
    ];
    expect(counted(group, "SIGHUP")).toEqual([0, 2]);
  });
});

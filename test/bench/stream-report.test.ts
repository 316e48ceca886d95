import { describe, expect, test } from "bun:test";
import { reportStreamLoad, summarizeStreams } from "../../bench/support/stream-report.ts";
import type { StreamRound } from "../../bench/support/stream-round.ts";

function round(contestant: string, streams: number, change: Partial<StreamRound> = {}): StreamRound {
  return {
    contestant,
    round: 1,
    streams,
    piecesPerSecond: 5_000,
    cpuMicrosecondsPerPiece: 30,
    busy: 0.2,
    firstByteP50Microseconds: 300,
    firstByteP99Microseconds: 900,
    residentBytes: 1_048_576,
    ended: 100,
    broken: 0,
    ...change,
  };
}

test("the CPU ratio is above 1 for whoever needs less than nginx", () => {
  const summary = summarizeStreams([
    round("nginx", 100),
    round("gateway", 100, { cpuMicrosecondsPerPiece: 20 }),
  ]);
  expect(summary.map(({ cpuRatio }) => cpuRatio?.median)).toEqual([1, 1.5]);
});

test("there is a table for each number of streams", () => {
  const all = [round("nginx", 100), round("gateway", 100), round("nginx", 500), round("gateway", 500)];
  const { tables, problems } = reportStreamLoad(all);
  expect(tables.map(({ title }) => title)).toEqual(["100 concurrent streams", "500 concurrent streams"]);
  expect(tables.map(({ rows }) => rows.map(([name]) => name))).toEqual([
    ["nginx", "gateway"],
    ["nginx", "gateway"],
  ]);
  expect(problems).toEqual([]);
});

describe("figures are invalid", () => {
  test.each([
    ["with a broken stream", { broken: 2 }, "gateway, 100 streams, round 1: 2 broken streams"],
    ["when no stream ended", { ended: 0 }, "gateway, 100 streams, round 1: no stream ended"],
    [
      "when no first byte was timed",
      { firstByteP50Microseconds: Number.NaN },
      "gateway, 100 streams, round 1: no first byte was timed",
    ],
  ])("%s", (_, change, problem) => {
    expect(reportStreamLoad([round("gateway", 100, change)]).problems).toEqual([problem]);
  });
});

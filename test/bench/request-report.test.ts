import { describe, expect, test } from "bun:test";
import { reportRequestLoad } from "../../bench/support/request-report.ts";
import type { RequestRound } from "../../bench/support/request-round.ts";
import { summarizeRequests } from "../../bench/support/request-summary.ts";

function round(contestant: string, number: number, change: Partial<RequestRound> = {}): RequestRound {
  return {
    contestant,
    round: number,
    requestsPerSecond: 1_000,
    cpuMicrosecondsPerRequest: 20,
    busy: 0.98,
    p50Microseconds: 1_000,
    p99Microseconds: 2_000,
    singleP50Microseconds: 100,
    singleP99Microseconds: 300,
    residentBytes: 1_048_576,
    requests: 5_000,
    bytesPerRequest: 700,
    failures: 0,
    ...change,
  };
}

const rounds = [
  round("direct", 1, { singleP50Microseconds: 40, singleP99Microseconds: 90 }),
  round("nginx", 1),
  round("gateway", 1, { requestsPerSecond: 700, cpuMicrosecondsPerRequest: 25, singleP50Microseconds: 160 }),
  round("direct", 2, { singleP50Microseconds: 60, singleP99Microseconds: 90 }),
  round("nginx", 2, { requestsPerSecond: 500 }),
  round("gateway", 2, { requestsPerSecond: 450, cpuMicrosecondsPerRequest: 25, singleP50Microseconds: 160 }),
];

describe("the summary", () => {
  const gateway = summarizeRequests(rounds).find(({ contestant }) => contestant === "gateway");

  test("takes ratios within rounds, then their median", () => {
    expect(gateway?.rateRatio?.lowest).toBeCloseTo(0.7);
    expect(gateway?.rateRatio?.highest).toBeCloseTo(0.9);
    expect(gateway?.rateRatio?.median).toBeCloseTo(0.8);
  });

  test("has a CPU ratio above 1 for whoever needs less than nginx", () => {
    expect(gateway?.cpuRatio?.median).toBeCloseTo(0.8);
  });

  test("takes added latency beyond the direct call of the same round", () => {
    expect(gateway?.addedP50Microseconds).toBe(110);
    expect(gateway?.addedP99Microseconds).toBe(210);
  });

  test("has no ratio and no added latency where nobody is there to compare with", () => {
    const [alone] = summarizeRequests([round("gateway", 1)]);
    expect([alone?.rateRatio, alone?.cpuRatio, alone?.addedP50Microseconds]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("the report", () => {
  test("has a row for each contestant and no problem when all calls went well", () => {
    const { tables, problems } = reportRequestLoad(rounds, 326);
    expect(tables[0]?.rows.map(([name]) => name)).toEqual(["direct", "nginx", "gateway"]);
    expect(tables[0]?.rows.every((cells) => cells.length === tables[0]?.columns.length)).toBe(true);
    expect(problems).toEqual([]);
  });

  test.each([
    ["a failed call", { failures: 1 }, "gateway, round 1: 1 failed calls"],
    ["no answer", { requests: 0 }, "gateway, round 1: no call was answered"],
    ["short answers", { bytesPerRequest: 80 }, "gateway, round 1: 80 bytes an answer, too few"],
    ["a count that wrk did not give", { failures: Number.NaN }, "gateway, round 1: NaN failed calls"],
  ])("is invalid with %s", (_, change, problem) => {
    expect(reportRequestLoad([round("gateway", 1, change)], 326).problems).toEqual([problem]);
  });
});

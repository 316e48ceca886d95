import { describe, expect, test } from "bun:test";
import { renderText } from "../../bench/support/table.ts";
import { reportTranslation, summarizeLoad } from "../../bench/support/translation-report.ts";
import { streamedRound, type TranslationRound, wholeRound } from "../../bench/support/translation-round.ts";
import { PASSED_THROUGH, translationWays } from "../../bench/support/translation-ways.ts";

function round(contestant: string, number: number, change: Partial<TranslationRound> = {}): TranslationRound {
  return {
    contestant,
    load: "small",
    round: number,
    cpuMicroseconds: 40,
    perSecond: 20_000,
    busy: 0.99,
    answered: 40_000,
    failures: 0,
    ...change,
  };
}

const rounds = [
  round(PASSED_THROUGH, 1),
  round("Chat to Messages", 1, { cpuMicroseconds: 60 }),
  round(PASSED_THROUGH, 2, { cpuMicroseconds: 80 }),
  round("Chat to Messages", 2, { cpuMicroseconds: 140 }),
];

describe("the summary", () => {
  test("takes what is translated over what is passed through in the same round", () => {
    const [passed, translated] = summarizeLoad(rounds);
    expect(passed?.cpuRatio).toBeUndefined();
    expect(translated?.cpuRatio?.lowest).toBeCloseTo(1.5);
    expect(translated?.cpuRatio?.highest).toBeCloseTo(1.75);
    expect(translated?.cpuRatio?.median).toBeCloseTo(1.625);
  });

  test("has no ratio where nothing was passed through", () => {
    expect(summarizeLoad([round("Chat to Messages", 1)])[0]?.cpuRatio).toBeUndefined();
  });
});

describe("the report", () => {
  test("has a table for each load, with the unit of what is counted", () => {
    const all = rounds.flatMap((one) => [
      one,
      { ...one, load: "long" as const },
      { ...one, load: "stream" as const },
    ]);
    const { tables, problems } = reportTranslation(all);
    expect(tables.map(({ title }) => title)).toEqual(["A small chat", "A conversation of 32 kB", "Streams"]);
    expect(tables.map(({ columns }) => columns[1])).toEqual(["CPU/request", "CPU/request", "CPU/piece"]);
    for (const { columns, rows } of tables) {
      expect(rows.map(([name]) => name)).toEqual([PASSED_THROUGH, "Chat to Messages"]);
      expect(rows.every((cells) => cells.length === columns.length)).toBe(true);
    }
    expect(problems).toEqual([]);
  });

  test.each([
    ["small", 80, "≤ 2.00", "yes"],
    ["small", 81, "≤ 2.00", "no"],
    ["long", 100, "≤ 2.50", "yes"],
    ["long", 101, "≤ 2.50", "no"],
    ["stream", 80, "≤ 2.00", "yes"],
    ["stream", 81, "≤ 2.00", "no"],
  ] as const)(
    "says of a load %p that cost %p µs against 40 µs: goal %p, reached: %p",
    (load, cost, goal, reached) => {
      const { tables } = reportTranslation([
        round(PASSED_THROUGH, 1, { load }),
        round("Chat to Messages", 1, { load, cpuMicroseconds: cost }),
      ]);
      expect(tables[0]?.rows[1]?.slice(4, 6)).toEqual([goal, reached]);
      expect(renderText(tables[0] ?? { title: "", columns: [], rows: [] })).toContain(goal);
    },
  );

  test.each([
    ["a failed call", { failures: 1 }, "Chat to Messages, a small chat, round 1: 1 failed calls"],
    ["no answer", { answered: 0 }, "Chat to Messages, a small chat, round 1: no call was answered"],
    [
      "a broken stream",
      { load: "stream", failures: 3 },
      "Chat to Messages, streams, round 1: 3 failed calls",
    ],
  ] as const)("is invalid with %s", (_, change, problem) => {
    expect(reportTranslation([round("Chat to Messages", 1, change)]).problems).toEqual([problem]);
  });
});

test("a round of whole answers counts every kind of failure", () => {
  const many = {
    requests: 1_000,
    requestsPerSecond: 500,
    bytes: 700_000,
    p50Microseconds: 1,
    p99Microseconds: 2,
    failedAnswers: 3,
    socketErrors: 4,
  };
  const cost = { many, cpuMicrosecondsPerRequest: 50, busy: 0.9, residentBytes: 1 };
  expect(wholeRound("Chat to Messages", "long", 2, cost)).toEqual({
    contestant: "Chat to Messages",
    load: "long",
    round: 2,
    cpuMicroseconds: 50,
    perSecond: 500,
    busy: 0.9,
    answered: 1_000,
    failures: 7,
  });
});

test("a round of streams is counted by the piece", () => {
  const streamed = streamedRound({
    contestant: "Messages to Chat",
    round: 1,
    streams: 500,
    piecesPerSecond: 5_000,
    cpuMicrosecondsPerPiece: 30,
    busy: 0.2,
    firstByteP50Microseconds: 300,
    firstByteP99Microseconds: 900,
    residentBytes: 1,
    ended: 100,
    broken: 2,
  });
  expect(streamed).toMatchObject({
    load: "stream",
    cpuMicroseconds: 30,
    perSecond: 5_000,
    answered: 100,
    failures: 2,
  });
});

describe("the ways", () => {
  test("begin with the yardstick and have different names", () => {
    expect(translationWays[0]?.name).toBe(PASSED_THROUGH);
    expect(new Set(translationWays.map(({ name }) => name)).size).toBe(translationWays.length);
  });

  test.each(translationWays)("say the same, in the caller's own form: $name", ({ bodies }) => {
    const small = JSON.parse(bodies.small);
    const long = JSON.parse(bodies.long);
    expect(small).not.toHaveProperty("stream");
    expect(small.messages.at(-1)).toMatchObject({
      role: "user",
      content: expect.stringContaining("parcel 0"),
    });
    expect(long.messages.at(-1).role).toBe("user");
    expect(JSON.parse(bodies.stream).stream).toBe(true);
    expect(Math.abs(bodies.long.length - 32_000)).toBeLessThan(2_000);
  });
});

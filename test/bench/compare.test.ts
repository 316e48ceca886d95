import { expect, test } from "bun:test";
import { compareRounds, groupByContestant } from "../../bench/support/compare.ts";
import { takeTurns } from "../../bench/support/take-turns.ts";

const round = (contestant: string, number: number, value: number) => ({ contestant, round: number, value });

test("rounds are grouped by contestant, in order of the first round", () => {
  const groups = groupByContestant([round("b", 2, 1), round("a", 2, 1), round("a", 1, 1), round("b", 1, 1)]);
  expect([...groups.keys()]).toEqual(["a", "b"]);
  expect(groups.get("b")?.map((one) => one.round)).toEqual([1, 2]);
});

test("each round is compared with the yardstick's of the same number", () => {
  const own = [round("a", 1, 50), round("a", 2, 10)];
  const yardstick = [round("n", 2, 20), round("n", 1, 100)];
  expect(compareRounds(own, yardstick, (mine, theirs) => mine.value / theirs.value)).toEqual({
    median: 0.5,
    lowest: 0.5,
    highest: 0.5,
  });
});

test("without a yardstick nothing is compared", () => {
  expect(compareRounds([round("a", 1, 1)], undefined, () => 1)).toBeUndefined();
});

test("rounds that the yardstick lacks are left out", () => {
  const comparison = compareRounds(
    [round("a", 1, 4), round("a", 2, 9)],
    [round("n", 1, 2)],
    (mine) => mine.value,
  );
  expect(comparison).toEqual({ median: 4, lowest: 4, highest: 4 });
});

test("each round has all contestants and begins with the next one", () => {
  const order = takeTurns(["a", "b", "c"], 4).map(({ round, item }) => `${round}${item}`);
  expect(order).toEqual(["0a", "0b", "0c", "1b", "1c", "1a", "2c", "2a", "2b", "3a", "3b", "3c"]);
});

test("nobody has no turns", () => expect(takeTurns([], 3)).toEqual([]));

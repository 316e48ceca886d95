import { expect, test } from "bun:test";
import { createRequestIds, timeOfRequestId } from "../../src/kernel/id.ts";

test("ids of one source are all different and sort in the order in which they were made", () => {
  const ids = createRequestIds();
  const made = Array.from({ length: 5_000 }, (_, index) => ids.next(1_700_000_000_000 + (index >> 8)));
  expect(new Set(made).size).toBe(made.length);
  expect(made.toSorted()).toEqual(made);
  for (const id of made) expect(id).toMatch(/^req_[0-9a-f]{32}$/);
});

test("sources that count alike at the same moment make different ids", () => {
  const ids = Array.from({ length: 100 }, () => createRequestIds().next(1));
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id tells its time, any other text does not", () => {
  const ids = createRequestIds();
  for (const time of [0, 1, 1_700_000_000_123, 2 ** 48 - 1])
    expect(timeOfRequestId(ids.next(time))).toBe(time);
  const [id] = [ids.next(5)];
  for (const text of ["", "req_1", id.slice(1), `${id}0`, id.toUpperCase(), `${id}\n`])
    expect(timeOfRequestId(text)).toBeUndefined();
});

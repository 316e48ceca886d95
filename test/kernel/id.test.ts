import { expect, test } from "bun:test";
import { createRequestIds } from "../../src/kernel/id.ts";

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

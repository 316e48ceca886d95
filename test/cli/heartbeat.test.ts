import { expect, test } from "bun:test";
import { Heartbeat } from "../../src/cli/serve/heartbeat.ts";

/** How many looks pass before a thread that does not answer counts as stuck. */
function looksUntilStuck(heartbeat: Heartbeat): number {
  for (let looks = 1; looks <= 100; looks++) if (heartbeat.look()) return looks;
  throw new Error("it never counts as stuck");
}

test("a thread that does not answer counts as stuck, later when it prepares an artifact", () => {
  // The first look asks.
  expect(looksUntilStuck(new Heartbeat(() => undefined))).toBe(11);
  const preparing = new Heartbeat(() => undefined);
  preparing.isPreparing = true;
  expect(looksUntilStuck(preparing)).toBe(16);
});

test("a thread that answers, however late, does not", () => {
  let pings = 0;
  const heartbeat = new Heartbeat(() => void pings++);
  for (let round = 0; round < 5; round++) {
    for (let looks = 0; looks < 10; looks++) expect(heartbeat.look()).toBe(false);
    heartbeat.answered();
  }
  // Nothing is asked while an answer is owed.
  expect(pings).toBe(5);
  expect(looksUntilStuck(heartbeat)).toBe(11);
});

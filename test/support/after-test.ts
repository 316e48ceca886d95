import { afterAll, onTestFinished } from "bun:test";

/** Ends or removes something that a test has made. */
export type Cleanup = () => unknown;

const waiting: Cleanup[] = [];

/**
 * Cleans up when the test that calls this is over, whatever became of it: what was made last goes first. Called
 * while a file is loaded, it cleans up when the tests of that file are over. Not for `beforeAll`, which is over
 * before the tests begin.
 *
 * A helper must not register hooks while it is loaded: it is loaded once, so they would hold for the first file
 * that imports it and for no other.
 */
export function afterTest(cleanup: Cleanup): void {
  try {
    onTestFinished(async () => {
      await waiting.pop()?.();
    });
  } catch {
    // No test is running.
    afterAll(async () => {
      await cleanup();
    });
    return;
  }
  waiting.push(cleanup);
}

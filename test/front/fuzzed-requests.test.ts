import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { anyRequest } from "./support/any-request.ts";
import { Caller, repliesIn, startFront, turnsUntil } from "./support/front.ts";
import { mutatedRequests, randomText } from "./support/mutated-request.ts";
import { readRequests } from "./support/read-requests.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sends a text in pieces and waits for every reply that it has to have: that comes, and no other. */
async function expectAnswers(text: string, cuts: readonly number[]): Promise<void> {
  const { requests, end } = await readRequests(text);
  const front = startFront();
  const caller = new Caller(front, { allowHalfOpen: true });
  const places = [...new Set(cuts.map((cut) => cut % text.length))].sort((one, other) => one - other);
  for (const [at, place] of [...places, text.length].entries()) {
    const piece = text.slice(places[at - 1] ?? 0, place);
    if (piece !== "") await caller.send(piece);
    await turn();
  }
  const isRefused = end === "refused" || front.refused.length > 0;
  if (end === "refused" || end === "closed") {
    // Both sides close theirs, however much is left unread.
    caller.socket.end();
    await caller.closed;
  } else await caller.replies(requests.length);
  expect(front.served).toEqual(requests.map(({ sent: _, ...served }) => served));
  const statuses = repliesIn(caller.received).map(({ status }) => status);
  expect(statuses.slice(0, requests.length)).toEqual(requests.map(() => 200));
  const rest = statuses.slice(requests.length);
  if (isRefused) expect([400, 431]).toContain(rest[0] ?? 0);
  expect(rest.length).toBe(isRefused ? 1 : 0);
  front.listener.close();
  await turnsUntil(() => front.listener.open === 0);
  caller.socket.destroy();
}

/** Many connections, on a machine that may be busy. */
const TIMEOUT_MS = 30_000;

const anyCuts = fc.array(fc.nat(), { maxLength: 4 });

describe("a connection answers each whole request, refuses what is none, and nothing else", () => {
  test(
    "for valid requests in a row, wherever they are cut",
    async () => {
      const valid = fc.array(anyRequest, { minLength: 1, maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(valid, anyCuts, async (all, cuts) => {
          const text = all.map((one) => one.text).join("");
          expect((await readRequests(text)).requests.map(({ body }) => body)).toEqual(
            all.map(({ body }) => body),
          );
          await expectAnswers(text, cuts);
        }),
        { numRuns: 200 },
      );
    },
    TIMEOUT_MS,
  );

  test(
    "for requests that were changed in a few places",
    async () => {
      await fc.assert(fc.asyncProperty(mutatedRequests, anyCuts, expectAnswers), { numRuns: 600 });
    },
    TIMEOUT_MS,
  );

  test(
    "for random bytes",
    async () => {
      await fc.assert(fc.asyncProperty(randomText, anyCuts, expectAnswers), { numRuns: 300 });
    },
    TIMEOUT_MS,
  );
});

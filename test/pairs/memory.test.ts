import { heapStats } from "bun:jsc";
import { expect, test } from "bun:test";
import { callers, decodePieces, encodeEvents } from "./support/translate.ts";
import { sampledAnswers } from "./support/vendor-answers.ts";

const streams = sampledAnswers().filter(({ form, body }) => form === "stream" && body.length < 4_000);

/** Translates as many streams, whole and cut, for callers of every dialect in turn. */
function translate(count: number): void {
  for (let done = 0; done < count; done++) {
    const answer = streams[done % streams.length];
    const caller = callers[done % callers.length];
    if (answer === undefined || caller === undefined) throw new Error("nothing to translate");
    // Every third is left in the middle and never closed in good order.
    const body = done % 3 === 0 ? answer.body.subarray(0, answer.body.length >> 1) : answer.body;
    encodeEvents(caller.name, decodePieces(answer, [body]));
  }
}

function heap(): { readonly bytes: number; readonly objects: number } {
  Bun.gc(true);
  const { heapSize, objectCount } = heapStats();
  return { bytes: heapSize, objects: objectCount };
}

test("10,000 translated streams leave nothing behind", () => {
  // The engine compiles what runs often, and keeps that.
  translate(10_000);
  const before = heap();
  translate(10_000);
  const after = heap();
  // One object or 100 bytes kept per stream would show, one in a few streams as well.
  expect(after.objects - before.objects).toBeLessThan(2_000);
  expect(after.bytes - before.bytes).toBeLessThan(1_000_000);
}, 20_000);

import { afterEach, expect, test } from "bun:test";
import { join } from "node:path";
import { chatSample } from "../support/wire-samples.ts";
import type { Measure } from "./support/measured-gateway.ts";

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A vendor that answers every request by the same stream, cut in the middle. */
function startVendor(): string {
  const sample = chatSample("text-usage.sse");
  const middle = sample.length >> 1;
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      await request.arrayBuffer();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(sample.subarray(0, middle));
          setImmediate(() => {
            controller.enqueue(sample.subarray(middle));
            controller.close();
          });
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
  });
  stops.push(() => server.stop(true));
  return `http://127.0.0.1:${server.port}/v1`;
}

/** A gateway in a process of its own. */
async function startMeasured(baseUrl: string) {
  let hear: (message: unknown) => void = () => {};
  const next = <T>(): Promise<T> =>
    new Promise((resolve) => {
      hear = (message) => resolve(message as T);
    });
  const ready = next<{ readonly url: string; readonly key: string }>();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "support/measured-gateway.ts"), baseUrl], {
    stdio: ["ignore", "inherit", "inherit"],
    ipc: (message) => hear(message),
  });
  stops.push(async () => {
    child.kill();
    await child.exited;
  });
  const { url, key } = await ready;
  const measure = (): Promise<Measure> => {
    const measured = next<Measure>();
    child.send("measure");
    return measured;
  };
  return { url, key, measure };
}

const asked = { model: "fast", stream: true, messages: [{ role: "user", content: "Hello" }] };
const kinds = [
  // The vendor's own dialect, whose bytes pass, and another, into which they are translated.
  { path: "/v1/chat/completions", body: JSON.stringify(asked), end: "data: [DONE]" },
  { path: "/v1/messages", body: JSON.stringify({ ...asked, max_tokens: 100 }), end: "event: message_stop" },
];

/** Reads as many streams, 64 at a time; of every tenth, the caller leaves at the first bytes. */
async function readStreams(url: string, key: string, count: number): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  let begun = 0;
  const read = async (): Promise<void> => {
    while (begun < count) {
      const number = begun++;
      const { path, body, end } = kinds[number % 2] ?? kinds[0] ?? { path: "", body: "", end: "" };
      const response = await fetch(url + path, { method: "POST", headers, body });
      if (number % 10 === 9) await response.body?.cancel();
      else if (!(await response.text()).includes(end)) throw new Error(`Stream ${number} is not whole.`);
    }
  };
  await Promise.all(Array.from({ length: 64 }, read));
}

test("a gateway takes no more memory after 10,000 streams than after 2,000", async () => {
  const gateway = await startMeasured(startVendor());
  await readStreams(gateway.url, gateway.key, 2_000);
  const before = await gateway.measure();
  await readStreams(gateway.url, gateway.key, 8_000);
  const after = await gateway.measure();
  expect([before.rows, after.rows, after.callsUnderWay]).toEqual([2_000, 10_000, 0]);
  // One object kept in seven streams would show, or 30 bytes of each.
  expect(after.objects).toBeLessThan(before.objects * 1.02);
  expect(after.heapBytes).toBeLessThan(before.heapBytes * 1.05);
  // What the allocator gives back, and when, is its own business: a tenth up or down is usual and has no trend.
  expect(after.residentBytes).toBeLessThan(before.residentBytes * 1.25);
}, 120_000);

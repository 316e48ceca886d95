import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { deliverDue } from "../../src/notify/delivery/deliver-due.ts";
import { Receivers } from "../../src/notify/delivery/receivers.ts";
import { createSender } from "../../src/notify/delivery/send-delivery.ts";
import { createOutbox } from "../../src/notify/outbox.ts";
import { sendWebhook } from "../../src/notify/webhook/send-webhook.ts";
import { event, settings, webhook } from "../notify/support/samples.ts";
import { memoryRecords } from "../support/memory-records.ts";

const reached: string[] = [];
/** A server of this machine that no webhook may reach. */
const inside = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request) {
    reached.push(request.url);
    return new Response("ok");
  },
});
afterAll(() => inside.stop(true));

const byte = fc.nat(255);
/** IPv4 addresses that are not of the public internet. */
const inner = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), byte, byte, byte),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
  fc.tuple(fc.integer({ min: 224, max: 255 }), byte, byte, byte),
);

/** Ways to write an IPv4 address, of which URLs know many. */
const notations: readonly ((address: readonly [number, number, number, number]) => string)[] = [
  ([a, b, c, d]) => `${a}.${b}.${c}.${d}`,
  ([a, b, c, d]) => `${a}.${b}.${c}.${d}.`,
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  ([a, b, c, d]) => `${a}.${b * 65_536 + c * 256 + d}`,
  ([a, b, c, d]) => `${a * 2 ** 24 + b * 65_536 + c * 256 + d}`,
  ([a, b, c, d]) => `0x${(a * 2 ** 24 + b * 65_536 + c * 256 + d).toString(16)}`,
  ([a, b, c, d]) => `0${a.toString(8)}.0x${b.toString(16)}.${c}.0${d.toString(8)}`,
  ([a, b, c, d]) => `%3${Math.floor(a / 100)}${String(a % 100).padStart(2, "0")}.${b}.${c}.${d}`,
  ([a, b, c, d]) => `[::ffff:${a}.${b}.${c}.${d}]`,
  ([a, b, c, d]) => `[::${a}.${b}.${c}.${d}]`,
  ([a, b, c, d]) => `[64:ff9b::${a}.${b}.${c}.${d}]`,
  ([a, b, c, d]) => `[2002:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}::1]`,
];

describe("a webhook", () => {
  test("never reaches this machine or its networks, however their addresses are written, in its URL or by its name", async () => {
    await fc.assert(
      fc.asyncProperty(inner, fc.constantFrom(...notations), fc.boolean(), async (address, write, byName) => {
        const written = write(address);
        const literal = written.replace(/^\[|\]$/g, "");
        const host = byName ? "hooks.example" : written;
        // A name leads to a public address as well, and that first.
        const resolve = async (): Promise<readonly string[]> =>
          byName ? ["93.184.216.34", literal] : [address.join(".")];
        const sent = sendWebhook(
          {
            ...{
              url: `http://${host}:${inside.port}/`,
              secret: "a secret of some length",
              allowPrivate: false,
            },
            ...{ event: "key.revoked", delivery: "dlv_1", body: "{}", timeS: 1 },
          },
          { timeoutMs: 5_000, resolve },
        );
        await expect(sent).rejects.toMatchObject({
          code: "LK-5201",
          message: expect.stringMatching(/not on the public internet|no plain http or https URL/),
        });
      }),
      { numRuns: 500 },
    );
    expect(reached).toEqual([]);
  });

  test("whose name leads inside later is not called there when it is tried again", async () => {
    const url = `http://hooks.example:${inside.port}/`;
    const config = settings({ webhooks: [webhook({ name: "hook", url })] });
    let nowMs = 1_800_000_000_000;
    const clock = { now: () => nowMs, monotonic: () => nowMs };
    const records = memoryRecords(clock.now);
    await records.transact((transaction) =>
      createOutbox({ settings: () => config, clock }).enqueue(transaction, event()),
    );
    const answers = [[], ["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["169.254.169.254"]];
    let lookUps = 0;
    const send = createSender({
      ...{ settings: () => config, secrets: () => "a secret of some length", clock },
      webhook: { timeoutMs: 5_000, resolve: async () => answers[lookUps++] ?? [] },
      email: { timeoutMs: 5_000 },
    });
    const problems: string[] = [];
    for (const _ of answers) {
      const { underWay } = await deliverDue({
        ...{ records, send, clock, random: () => 0.5, leaseMs: 60_000, receivers: new Receivers() },
        ...{ isStopping: () => false, onFailure: ({ problem }) => problems.push(problem) },
      });
      await Promise.all(underWay);
      nowMs += 3_600_000;
    }
    expect(lookUps).toBe(answers.length);
    expect(problems.map((problem) => problem.includes("host is unknown"))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(problems.filter((problem) => problem.includes("not on the public internet"))).toHaveLength(3);
    // Neither what was said to it nor where it leads is told.
    expect(problems.join()).not.toMatch(/127\.0|169\.254|93\.184/);
    expect(reached).toEqual([]);
  });
});

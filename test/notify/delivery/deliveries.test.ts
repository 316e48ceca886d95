import { describe, expect, test } from "bun:test";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { backOffMs, MAX_ATTEMPTS } from "../../../src/notify/delivery/back-off.ts";
import {
  deliverDue,
  type FailedAttempt,
  type RoundOptions,
} from "../../../src/notify/delivery/deliver-due.ts";
import { removeOld } from "../../../src/notify/delivery/remove-old.ts";
import { retriedDelivery } from "../../../src/notify/delivery/retried-delivery.ts";
import { createSender } from "../../../src/notify/delivery/send-delivery.ts";
import { createOutbox } from "../../../src/notify/outbox.ts";
import type { NotifySettings } from "../../../src/notify/settings.ts";
import type { RecordStore, StoredRecord } from "../../../src/stores/record-store.ts";
import { memoryRecords } from "../../support/memory-records.ts";
import { event, START_MS, settings, webhook } from "../support/samples.ts";

/** A clock that the test moves. */
function handClock() {
  const clock = { nowMs: START_MS, now: () => clock.nowMs, monotonic: () => clock.nowMs };
  return clock;
}

interface Setting {
  readonly records: RecordStore;
  readonly clock: ReturnType<typeof handClock>;
  readonly sent: string[];
  readonly failures: FailedAttempt[];
  readonly round: (changes?: Partial<RoundOptions>) => Promise<number | null>;
  readonly all: () => Promise<readonly StoredRecord<"delivery">[]>;
}

/** Deliveries to webhooks of these names, enqueued in order. */
async function waiting(...names: readonly string[]): Promise<Setting> {
  const clock = handClock();
  const records = memoryRecords(clock.now);
  for (const name of names) {
    const outbox = createOutbox({ settings: () => settings({ webhooks: [webhook({ name })] }), clock });
    await records.transact((transaction) => outbox.enqueue(transaction, event()));
  }
  const sent: string[] = [];
  const failures: FailedAttempt[] = [];
  const options: RoundOptions = {
    records,
    clock,
    send: async ({ body }) => void sent.push(body.to),
    random: () => 0.5,
    leaseMs: 60_000,
    roundMs: 15_000,
    isStopping: () => false,
    onFailure: (failed) => failures.push(failed),
  };
  const all = async () => (await records.list({ kind: "delivery", order: "oldest", limit: 1_000 })).records;
  return {
    records,
    clock,
    sent,
    failures,
    all,
    round: (changes = {}) => deliverDue({ ...options, ...changes }),
  };
}

const refused = (): Promise<never> =>
  Promise.reject(new LatchkeyError("LK-5201", "It answered with status 500."));

describe("what is due", () => {
  test("is sent once", async () => {
    const { round, sent, all } = await waiting("one", "two", "one");
    await round();
    expect(sent.toSorted()).toEqual(["one", "one", "two"]);
    expect((await all()).map(({ body }) => [body.state, body.attempts])).toEqual(
      Array(3).fill(["delivered", 1]),
    );
    expect(await round()).toBeNull();
    expect(sent).toHaveLength(3);
  });

  test("is sent once where several processes look for it at the same time", async () => {
    const { round, sent } = await waiting(...Array.from({ length: 30 }, (_, at) => `hook ${at % 3}`));
    await Promise.all([round(), round(), round()]);
    expect(sent).toHaveLength(30);
  });

  test("is sent again, later and later, until it is given up with its last problem", async () => {
    const { round, all, clock, failures } = await waiting("one");
    const pauses: number[] = [];
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      await round({ send: refused });
      const [{ body } = { body: undefined }] = await all();
      expect(body).toMatchObject({
        state: "waiting",
        attempts: attempt,
        lastProblem: "It answered with status 500.",
      });
      pauses.push((body?.nextAtMs ?? 0) - clock.nowMs);
      expect(await round({ send: refused })).toBe(body?.nextAtMs ?? 0);
      clock.nowMs = body?.nextAtMs ?? 0;
    }
    await round({ send: refused });
    expect((await all())[0]?.body).toMatchObject({
      state: "failed",
      attempts: MAX_ATTEMPTS,
      lastProblem: "It answered with status 500.",
    });
    expect(failures.map(({ isFinal }) => isFinal)).toEqual([
      ...Array<boolean>(MAX_ATTEMPTS - 1).fill(false),
      true,
    ]);
    expect(await round({ send: refused })).toBeNull();
    expect(pauses.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 120_000]);
    const hours = (clock.nowMs - START_MS) / 3_600_000;
    expect(hours).toBeGreaterThan(18);
    expect(hours).toBeLessThan(30);
  });

  test("is due again when the process that took it has ended in the middle", async () => {
    const { round, sent, clock } = await waiting("one");
    void round({ send: () => new Promise(() => {}) });
    await round();
    expect(sent).toEqual([]);
    clock.nowMs += 59_999;
    await round();
    expect(sent).toEqual([]);
    clock.nowMs += 1;
    await round();
    expect(sent).toEqual(["one"]);
  });

  test("counts by the process that has it, not by the one that was too slow", async () => {
    const { round, clock, all } = await waiting("one");
    const slow = Promise.withResolvers<void>();
    const first = round({ send: () => slow.promise.then(refused) });
    // The slow one has to have it first.
    while ((await all())[0]?.body.attempts === 0) await Promise.resolve();
    clock.nowMs += 60_000;
    await round();
    slow.resolve();
    await first;
    expect((await all())[0]?.body).toMatchObject({ state: "delivered", attempts: 2, lastProblem: null });
  });

  test("does not wait for a receiver that is slow, nor for what a round has no time for", async () => {
    const { round, sent, clock } = await waiting("slow", "slow", "slow", "quick");
    await round({
      send: async ({ body }) => {
        if (body.to === "slow") clock.nowMs += 15_000;
        sent.push(body.to);
      },
    });
    expect(sent.filter((name) => name === "slow")).toHaveLength(1);
    await round();
    expect(sent.toSorted()).toEqual(["quick", "slow", "slow", "slow"]);
  });

  test("is left when the process stops", async () => {
    const { round, sent } = await waiting("one", "one");
    await round({ isStopping: () => sent.length === 1 });
    expect(sent).toEqual(["one"]);
  });

  test("is sent at once, with all its attempts, when somebody asks for it", async () => {
    const { round, records, all, sent, clock } = await waiting("one");
    await round({ send: refused });
    const [failed] = await all();
    if (failed === undefined) throw new Error("it is gone");
    const again = retriedDelivery({ ...failed.body, state: "failed" }, clock.now());
    await records.transact((transaction) => transaction.update("delivery", failed.id, failed.version, again));
    await round();
    expect(sent).toEqual(["one"]);
  });

  test("is removed a month after it came, once it has ended", async () => {
    const { round, records, all, clock } = await waiting("one", "two");
    await round({ send: ({ body }) => (body.to === "two" ? refused() : Promise.resolve()) });
    clock.nowMs += 30 * 86_400_000;
    await removeOld(records, clock.now());
    expect(await all()).toHaveLength(2);
    clock.nowMs += 1;
    await removeOld(records, clock.now());
    expect((await all()).map(({ body }) => body.to)).toEqual(["two"]);
  });
});

test("a pause is anything up to its bound", () => {
  expect([backOffMs(1, 0), backOffMs(1, 0.999), backOffMs(19, 0.999)]).toEqual([0, 29_970, 14_385_600]);
  expect(backOffMs(MAX_ATTEMPTS, 0.5)).toBeNull();
});

describe("a delivery", () => {
  const clock = { now: () => START_MS, monotonic: () => 0 };
  const send = async (
    config: NotifySettings,
    tenant: string | null,
    secret: string | undefined,
  ): Promise<string> => {
    const { all } = await waiting("everything");
    const [delivery] = await all();
    if (delivery === undefined) throw new Error("it is gone");
    const sender = createSender({
      settings: () => config,
      secrets: () => secret,
      clock,
      webhook: { timeoutMs: 1_000, resolve: async () => [] },
      email: { timeoutMs: 1_000 },
    });
    return sender({ ...delivery, tenant }).then(
      () => "sent",
      (thrown: unknown) => (thrown as Error).message,
    );
  };

  test("is not sent without the webhook's secret", async () => {
    for (const secret of [undefined, "", "  "]) {
      expect(await send(settings(), null, secret)).toBe('The secret env("HOOK_SECRET") is missing.');
    }
    expect(await send(settings(), null, "a secret")).toContain("its host is unknown");
  });

  test("is not sent to a webhook that is gone or belongs to another tenant by now", async () => {
    expect(await send(settings({ webhooks: [] }), null, "a secret")).toContain("no such webhook any more");
    expect(await send(settings({ webhooks: [webhook({ tenant: "other" })] }), "shop", "a secret")).toContain(
      "no such webhook any more",
    );
  });
});

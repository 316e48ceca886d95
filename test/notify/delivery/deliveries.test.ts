import { describe, expect, test } from "bun:test";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { backOffMs, MAX_ATTEMPTS } from "../../../src/notify/delivery/back-off.ts";
import {
  type DeliverOptions,
  deliverDue,
  type FailedAttempt,
  MAX_AGE_MS,
} from "../../../src/notify/delivery/deliver-due.ts";
import { MessageRefused } from "../../../src/notify/delivery/message-refused.ts";
import { Receivers } from "../../../src/notify/delivery/receivers.ts";
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
  /** Begins what is due, in a process of its own unless told otherwise, and waits for its end. */
  readonly round: (changes?: Partial<DeliverOptions>) => Promise<number | null>;
  /** Begins what is due. */
  readonly begin: (changes?: Partial<DeliverOptions>) => ReturnType<typeof deliverDue>;
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
  const options: Omit<DeliverOptions, "receivers"> = {
    records,
    clock,
    send: async ({ body }) => void sent.push(body.to),
    random: () => 0.5,
    leaseMs: 60_000,
    isStopping: () => false,
    onFailure: (failed) => failures.push(failed),
  };
  const all = async () => (await records.list({ kind: "delivery", order: "oldest", limit: 1_000 })).records;
  const begin: Setting["begin"] = (changes = {}) =>
    deliverDue({ ...options, receivers: new Receivers(), ...changes });
  return {
    records,
    clock,
    sent,
    failures,
    all,
    begin,
    async round(changes) {
      const { underWay, nextAtMs } = await begin(changes);
      await Promise.all(underWay);
      return nextAtMs;
    },
  };
}

const refused = (): Promise<never> =>
  Promise.reject(new LatchkeyError("LK-5201", "It answered with status 500."));
const refusedItself = (): Promise<never> =>
  Promise.reject(new LatchkeyError("LK-5201", "Status 400.", { cause: new MessageRefused() }));

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

  test("does not wait for a receiver that never answers, now or at any later look", async () => {
    const { begin, sent, records, clock } = await waiting("silent", "silent", "quick");
    const receivers = new Receivers();
    let asked = 0;
    const send: DeliverOptions["send"] = ({ body }) => {
      if (body.to === "silent") return new Promise(() => void asked++);
      sent.push(body.to);
      return Promise.resolve();
    };
    const [, quick] = (await begin({ receivers, send })).underWay;
    await quick;
    const outbox = createOutbox({
      settings: () => settings({ webhooks: [webhook({ name: "quick" }), webhook({ name: "silent" })] }),
      clock,
    });
    for (let look = 0; look < 3; look++) {
      await records.transact((transaction) => outbox.enqueue(transaction, event()));
      const { underWay } = await begin({ receivers, send });
      expect(underWay).toHaveLength(1);
      await Promise.all(underWay);
    }
    expect(sent).toEqual(Array(4).fill("quick"));
    expect(asked).toBe(1);
  });

  test("comes to each receiver in order, one at a time, and to at most 64 receivers at once", async () => {
    const names = Array.from({ length: 80 }, (_, at) => `hook ${at}`);
    const { begin, all } = await waiting(...names, "hook 0");
    const receivers = new Receivers();
    const answer: (() => void)[] = [];
    const order: string[] = [];
    const send: DeliverOptions["send"] = ({ id }) => {
      order.push(id);
      return new Promise((resolve) => answer.push(resolve));
    };
    const begun = [...(await begin({ receivers, send })).underWay];
    expect(begun).toHaveLength(64);
    for (let rounds = 0; rounds < 3; rounds++) {
      // An answer lets the next message of the same receiver go, and ends the others' turns.
      while (answer.length < 64 && order.length < 64) await Promise.resolve();
      for (const tell of answer.splice(0)) tell();
      await new Promise(setImmediate);
      begun.push(...(await begin({ receivers, send })).underWay);
      await new Promise(setImmediate);
    }
    for (const tell of answer.splice(0)) tell();
    await Promise.all(begun);
    const records = await all();
    expect(records.every(({ body }) => body.state === "delivered")).toBe(true);
    const ofFirst = records.filter(({ body }) => body.to === "hook 0").map(({ id }) => id);
    expect(order.filter((id) => ofFirst.includes(id))).toEqual(ofFirst);
  });

  test("rests with its receiver when that fails, and goes on when it was only one message that was refused", async () => {
    const { begin, sent, all, clock } = await waiting("down", "down", "picky", "picky");
    const receivers = new Receivers();
    const tried: string[] = [];
    let isDown = true;
    let first = true;
    const send: DeliverOptions["send"] = ({ body }) => {
      tried.push(body.to);
      if (body.to === "down") return isDown ? refused() : Promise.resolve(void sent.push(body.to));
      if (!first) return Promise.resolve(void sent.push(body.to));
      first = false;
      return refusedItself();
    };
    const look = async (): Promise<number | null> => {
      const { underWay, nextAtMs } = await begin({ receivers, send });
      await Promise.all(underWay);
      return nextAtMs;
    };
    await look();
    expect(tried.toSorted()).toEqual(["down", "picky", "picky"]);
    // Half of the first rest by chance, and half for sure.
    expect(await look()).toBe(START_MS + 3_750);
    expect(tried).toHaveLength(3);
    clock.nowMs += 3_750;
    await look();
    expect(tried.filter((name) => name === "down")).toHaveLength(2);
    isDown = false;
    clock.nowMs += 60_000;
    await look();
    expect(sent.filter((name) => name === "down")).toHaveLength(2);
    expect((await all()).filter(({ body }) => body.to === "down").map(({ body }) => body.state)).toEqual([
      "delivered",
      "delivered",
    ]);
  });

  test("leaves room for those who are well, however many receivers are down", async () => {
    const names = Array.from({ length: 70 }, (_, at) => `down ${at}`);
    const { begin, clock, sent, records } = await waiting(...names);
    const receivers = new Receivers();
    for (let look = 0; look < 2; look++)
      await Promise.all((await begin({ receivers, send: refused })).underWay);
    clock.nowMs += 60_000;
    const outbox = createOutbox({
      settings: () => settings({ webhooks: [webhook({ name: "well" })] }),
      clock,
    });
    await records.transact((transaction) => outbox.enqueue(transaction, event()));
    const send: DeliverOptions["send"] = ({ body }) =>
      body.to === "well" ? Promise.resolve(void sent.push(body.to)) : new Promise(() => {});
    const { underWay } = await begin({ receivers, send });
    await Promise.race(underWay);
    expect(underWay).toHaveLength(33);
    expect(sent).toEqual(["well"]);
  });

  test("is given up after two days with a receiver that fails once more, with all that waits as long, and not what was asked for anew", async () => {
    const { round, records, all, clock, failures } = await waiting("gone", "gone", "gone");
    await round({ send: refused });
    clock.nowMs += MAX_AGE_MS;
    const [again] = await all();
    if (again === undefined) throw new Error("it is gone");
    await records.transact((transaction) =>
      transaction.update("delivery", again.id, again.version, retriedDelivery(again.body, clock.now())),
    );
    await round({ send: refused });
    expect((await all()).map(({ body }) => [body.state, body.lastProblem])).toEqual([
      ["waiting", "It answered with status 500."],
      ["failed", "It answered with status 500."],
      ["failed", "It answered with status 500."],
    ]);
    expect(failures.filter(({ isFinal }) => isFinal)).toHaveLength(2);
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

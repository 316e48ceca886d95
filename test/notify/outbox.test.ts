import { describe, expect, test } from "bun:test";
import type { NotifyEvent } from "../../src/notify/event/event.ts";
import { matchesEvent } from "../../src/notify/event/matches-event.ts";
import { createOutbox } from "../../src/notify/outbox.ts";
import type { NotifySettings } from "../../src/notify/settings.ts";
import type { StoredRecord } from "../../src/stores/record-store.ts";
import { memoryRecords } from "../support/memory-records.ts";
import { event, START_MS, secretRef, settings, webhook } from "./support/samples.ts";

const SMTP = {
  host: "mail.example",
  port: 465,
  secure: "tls",
  user: null,
  password: null,
  from: "ops@example.com",
} as const;

async function enqueued(
  said: NotifyEvent,
  config: NotifySettings,
): Promise<readonly StoredRecord<"delivery">[]> {
  const records = memoryRecords(() => START_MS);
  const outbox = createOutbox({ settings: () => config, clock: { now: () => START_MS, monotonic: () => 0 } });
  const count = await records.transact((transaction) => outbox.enqueue(transaction, said));
  const { records: found } = await records.list({ kind: "delivery", order: "oldest", limit: 100 });
  expect(found).toHaveLength(count);
  return found;
}
const receivers = async (said: NotifyEvent, config: NotifySettings): Promise<readonly string[]> =>
  (await enqueued(said, config)).map(({ tenant, body }) => `${body.channel} ${body.to} ${tenant}`);

describe("a pattern", () => {
  test.each([
    ["*", "key.revoked", true],
    ["key.*", "key.revoked", true],
    ["key.revoked", "key.revoked", true],
    ["subscription.*", "key.revoked", false],
    ["key.revok*", "key.revoked", false],
    ["ke.*", "key.revoked", false],
    [".*", "key.revoked", false],
    ["", "key.revoked", false],
    ["key", "key.revoked", false],
  ])("%p names %p: %p", (pattern, name, isNamed) => {
    expect(matchesEvent(pattern, name)).toBe(isNamed);
  });
});

describe("an event in the outbox", () => {
  test("keeps what is one tenant's own affair from the others that it concerns", async () => {
    const config = settings({
      webhooks: ["owner", "subscriber", null].map((tenant) => webhook({ name: `of ${tenant}`, tenant })),
    });
    const said = event({
      concerns: ["owner", "subscriber"],
      data: { by: "ann@owner.example", state: "approved" },
      forOthers: { than: "owner", data: { by: "owner" } },
    });
    const told = (await enqueued(said, config)).map(({ body }) => [body.to, body.payload["data"]]);
    expect(Object.fromEntries(told)).toEqual({
      "of owner": { by: "ann@owner.example", state: "approved" },
      "of subscriber": { by: "owner", state: "approved" },
      "of null": { by: "ann@owner.example", state: "approved" },
    });
  });

  test("waits for each receiver with a versioned payload and one id", async () => {
    const config = settings({ webhooks: [webhook({ name: "one" }), webhook({ name: "two" })] });
    const [one, two] = await enqueued(event(), config);
    expect(one).toMatchObject({
      id: expect.stringMatching(/^dlv_[0-9a-f]{32}$/),
      body: {
        state: "waiting",
        channel: "webhook",
        to: "one",
        event: "key.revoked",
        attempts: 0,
        nextAtMs: START_MS,
        lastProblem: null,
      },
    });
    expect(one?.body.payload).toEqual({
      version: 1,
      id: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
      event: "key.revoked",
      time: "2026-11-24T12:00:00.000Z",
      tenant: "shop",
      data: { key: "4f2a91bc" },
    });
    expect(two?.body.payload).toEqual(one?.body.payload ?? {});
    expect(two?.id).not.toBe(one?.id ?? "");
  });

  test("goes to webhooks by pattern, and to those of tenants only where it concerns them", async () => {
    const webhooks = [
      webhook({ name: "all" }),
      webhook({ name: "subscriptions", events: ["subscription.*"] }),
      webhook({ name: "none", events: [] }),
      webhook({ name: "shop", tenant: "shop", events: ["subscription.*", "key.*"] }),
      webhook({ name: "owner", tenant: "platform" }),
      webhook({ name: "stranger", tenant: "other" }),
    ];
    expect(await receivers(event(), settings({ webhooks }))).toEqual([
      "webhook all null",
      "webhook shop shop",
    ]);
    const asked = event({ name: "subscription.requested", concerns: ["shop", "platform"] });
    expect(await receivers(asked, settings({ webhooks }))).toEqual([
      "webhook all null",
      "webhook subscriptions null",
      "webhook shop shop",
      "webhook owner platform",
    ]);
    const platform = event({ tenant: null, concerns: [] });
    expect(await receivers(platform, settings({ webhooks }))).toEqual(["webhook all null"]);
  });

  test("goes to each person once and by itself, where there is a mail server", async () => {
    const recipients = [
      { address: "a@shop.example", tenant: "shop" },
      { address: "A@shop.example", tenant: "shop" },
      { address: "b@platform.example", tenant: "platform" },
      { address: "c@shop.example\r\nbcc: d@evil.example", tenant: "shop" },
      { address: "e@shop.example, f@evil.example", tenant: "shop" },
      { address: "system", tenant: "shop" },
    ];
    const config = settings({ webhooks: [], smtp: { ...SMTP, user: secretRef("USER") } });
    expect(await receivers(event({ recipients }), config)).toEqual([
      "email a@shop.example shop",
      "email b@platform.example platform",
    ]);
    expect(await receivers(event({ recipients }), settings({ webhooks: [] }))).toEqual([]);
  });

  test("is gone with the transaction that it belongs to", async () => {
    const records = memoryRecords();
    const outbox = createOutbox({ settings: () => settings() });
    const failed = records.transact(async (transaction) => {
      await outbox.enqueue(transaction, event());
      throw new Error("something else failed");
    });
    await expect(failed).rejects.toThrow("something else failed");
    expect(await records.count({ kind: "delivery" })).toBe(0);
  });
});

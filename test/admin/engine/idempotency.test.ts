import { describe, expect, test } from "bun:test";
import { removeExpiredAnswers } from "../../../src/admin/engine/remove-expired-answers.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { headerOf } from "../../support/identity-fixture.ts";
import { createAdminFixture } from "../support/admin-fixture.ts";
import { type Ask, createEngineFixture, type EngineFixture, errorOf } from "./support/engine-fixture.ts";

const ADA = "ada@example.com";
const ROOT = "root@example.com";
const DAY_MS = 86_400_000;

const create = (title: string, key = "key-1", headers: Record<string, string> = {}): Ask => ({
  method: "POST",
  target: "/admin/v1/tenants/shop/notes",
  headers: { "idempotency-key": key, ...headers },
  body: { title },
});

const isReplay = (reply: Awaited<ReturnType<EngineFixture["ask"]>>): boolean =>
  headerOf(reply, "idempotency-replayed") === "true";

describe("a write with an idempotency key", () => {
  test("is remembered among the last 1,000 of its member, whatever others send", async () => {
    const { ask, sample, parts } = createEngineFixture();
    const count = () => parts.records.count({ kind: "idempotency" });
    await ask(ROOT, create("x", "root-1"));
    for (let at = 1; at <= 1_001; at++) await ask(ADA, create("x", `key-${at}`));
    expect(await count()).toBe(1_001);
    sample.ran.length = 0;
    // The second one is the oldest that is kept; the first one has gone, and is made anew.
    expect(isReplay(await ask(ADA, create("x", "key-2")))).toBe(true);
    expect(isReplay(await ask(ROOT, create("x", "root-1")))).toBe(true);
    expect(isReplay(await ask(ADA, create("x", "key-1")))).toBe(false);
    expect(sample.ran).toEqual(["create"]);
    expect(await count()).toBe(1_001);
  }, 60_000);

  test("is done once; the second answer is the first one without its secret", async () => {
    const { ask, sample, parts } = createEngineFixture();
    const first = await ask(ADA, create("x"));
    const second = await ask(ADA, create("x"));
    expect([first.status, second.status]).toEqual([201, 201]);
    expect([isReplay(first), isReplay(second)]).toEqual([false, true]);
    expect(sample.ran).toEqual(["create"]);
    const answer = JSON.parse(first.body) as { text: string };
    expect(answer.text).toBe("secret of note-1");
    expect(JSON.parse(second.body)).toEqual({ ...answer, text: null });
    expect(headerOf(second, "x-request-id")).not.toBe(headerOf(first, "x-request-id") ?? "");
    const { records } = await parts.records.list({ kind: "idempotency", limit: 10 });
    expect(JSON.stringify(records)).not.toContain("secret of");
    expect(JSON.stringify(records)).not.toContain("key-1");
  });

  test("keeps the tag of what was written", async () => {
    const { ask, sample } = createEngineFixture();
    const change: Ask = {
      method: "PATCH",
      target: "/admin/v1/tenants/shop/notes/first",
      headers: { "idempotency-key": "p" },
      body: { title: "Two" },
    };
    const replies = [await ask(ADA, change), await ask(ADA, change)];
    expect(replies.map((reply) => headerOf(reply, "etag"))).toEqual(['W/"4"', 'W/"4"']);
    expect(replies[1]?.body).toBe(replies[0]?.body ?? "");
    expect(sample.ran).toEqual(["update"]);
  });

  test("has an empty answer replayed as an empty one", async () => {
    const { ask } = createEngineFixture();
    const remove: Ask = {
      method: "DELETE",
      target: "/admin/v1/tenants/shop/notes/first",
      headers: { "idempotency-key": "d" },
    };
    const replies = [await ask(ADA, remove), await ask(ADA, remove)];
    expect(replies.map(({ status, body }) => [status, body])).toEqual([
      [204, ""],
      [204, ""],
    ]);
    expect(replies.map(isReplay)).toEqual([false, true]);
  });

  test.each<[what: string, other: Ask]>([
    ["body", create("y")],
    ["path", { ...create("x"), target: "/admin/v1/tenants/bank/notes" }],
    ["version", create("x", "key-1", { "if-match": 'W/"1"' })],
    ["method", { ...create("x"), method: "PATCH", target: "/admin/v1/tenants/shop/notes/first" }],
  ])("is refused for another %s", async (_, other) => {
    const { ask, sample } = createEngineFixture();
    await ask(ROOT, create("x"));
    const reply = await ask(ROOT, other);
    expect([reply.status, errorOf(reply).code, errorOf(reply).param]).toEqual([
      422,
      "LK-2017",
      "idempotency-key",
    ]);
    expect(sample.ran).toEqual(["create"]);
  });

  test("is another one of another member", async () => {
    const { ask, sample } = createEngineFixture();
    await ask(ADA, create("x"));
    const reply = await ask(ROOT, create("x"));
    expect(isReplay(reply)).toBe(false);
    expect(sample.ran).toEqual(["create", "create"]);
  });

  test("sent many times at once is done once", async () => {
    const { ask, sample } = createEngineFixture();
    const gate = Promise.withResolvers<void>();
    sample.onCreate = () => gate.promise;
    const all = Array.from({ length: 20 }, () => ask(ADA, create("x")));
    const others = [ask(ADA, create("x", "key-2"))];
    gate.resolve();
    const replies = await Promise.all(all);
    await Promise.all(others);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    expect(replies.filter(isReplay)).toHaveLength(19);
    expect(sample.ran).toEqual(["create", "create"]);
  });

  test("is done once over SQLite as well, whichever of two processes it comes to", async () => {
    const { records } = createAdminFixture().parts;
    const processes = [createEngineFixture([], records), createEngineFixture([], records)];
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) => (processes[at % 2] as EngineFixture).ask(ADA, create("x"))),
    );
    expect(processes.flatMap(({ sample }) => sample.ran)).toEqual(["create"]);
    expect(replies.filter((reply) => reply.status === 201 && !isReplay(reply))).toHaveLength(1);
    for (const reply of replies) expect([201, 409]).toContain(reply.status);
    expect(await records.count({ kind: "idempotency" })).toBe(1);
  });

  test("that another process is at is told to come again", async () => {
    const one = createEngineFixture();
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    one.sample.onCreate = () => {
      begun.resolve();
      return gate.promise;
    };
    const first = one.ask(ADA, create("x"));
    await begun.promise;
    const other = createEngineFixture([], one.parts.records);
    const reply = await other.ask(ADA, create("x"));
    expect([reply.status, errorOf(reply).code, headerOf(reply, "retry-after")]).toEqual([
      409,
      "LK-2026",
      "1",
    ]);
    expect(other.sample.ran).toEqual([]);
    gate.resolve();
    expect((await first).status).toBe(201);
    expect(isReplay(await other.ask(ADA, create("x")))).toBe(true);
  });

  test("may be sent again where the process that was at it is gone", async () => {
    const one = createEngineFixture();
    const begun = Promise.withResolvers<void>();
    one.sample.onCreate = () => {
      begun.resolve();
      return new Promise(() => {});
    };
    void one.ask(ADA, create("x"));
    await begun.promise;
    const other = createEngineFixture([], one.parts.records);
    other.identity.clock.advance(61_000);
    expect((await other.ask(ADA, create("x"))).status).toBe(201);
  });

  test("keeps refusals of what it asks, but none that came before it began", async () => {
    const { ask, sample } = createEngineFixture();
    const refusals = [await ask(ADA, create("taken")), await ask(ADA, create("taken"))];
    expect(refusals.map(({ status }) => status)).toEqual([409, 409]);
    expect(refusals.map(isReplay)).toEqual([false, true]);
    expect(refusals[1]?.body).toBe(refusals[0]?.body ?? "");
    expect(sample.ran).toEqual(["create"]);
    expect((await ask(ADA, create("", "key-2"))).status).toBe(400);
    expect((await ask(ADA, create("right", "key-2"))).status).toBe(201);
  });

  test.each([
    ["fails", () => new Error("broken"), 500],
    ["is to come again", () => new LatchkeyError("LK-2018"), 429],
  ])("that %s is done anew", async (_, failure, status) => {
    const { ask, sample } = createEngineFixture();
    sample.onCreate = () => {
      throw failure();
    };
    expect((await ask(ADA, create("x"))).status).toBe(status);
    sample.onCreate = () => {};
    const second = await ask(ADA, create("x"));
    expect([second.status, isReplay(second)]).toEqual([201, false]);
  });

  test("that was stored but not yet applied is applied by the second request, and not done again", async () => {
    const fixture = createEngineFixture();
    fixture.onApplied = () => Promise.reject(new Error("a thread is gone"));
    const first = await fixture.ask(ADA, create("x"));
    expect([first.status, errorOf(first).code]).toEqual([500, "LK-6105"]);
    expect(errorOf(first).message).toContain("The change is stored");
    fixture.onApplied = async () => {};
    const second = await fixture.ask(ADA, create("x"));
    expect([second.status, isReplay(second)]).toEqual([201, true]);
    expect(fixture.sample.ran).toEqual(["create"]);
    expect(fixture.waits()).toBe(2);
  });

  test("is looked at only after the permission", async () => {
    const { ask, token } = createEngineFixture();
    await ask(ADA, create("x"));
    const authorization = `Bearer ${await token(ADA, ["key.read"])}`;
    const reply = await ask(null, create("x", "key-1", { authorization }));
    expect(errorOf(reply).code).toBe("LK-2014");
  });

  test("is forgotten after a day, and swept away", async () => {
    const { ask, sample, identity, parts } = createEngineFixture();
    await ask(ROOT, create("x"));
    await ask(ROOT, create("x", "key-2"));
    identity.clock.advance(DAY_MS - 1);
    expect(await removeExpiredAnswers(parts)).toBe(0);
    expect(isReplay(await ask(ROOT, create("x")))).toBe(true);
    identity.clock.advance(1);
    expect(isReplay(await ask(ROOT, create("x")))).toBe(false);
    expect(sample.ran).toEqual(["create", "create", "create"]);
    expect(await removeExpiredAnswers(parts)).toBe(1);
    expect(await parts.records.count({ kind: "idempotency" })).toBe(1);
  });

  test("answers though its answer cannot be kept", async () => {
    const fixture = createEngineFixture();
    const { records } = fixture.parts;
    const transact = records.transact;
    let writes = 0;
    const broken = {
      ...records,
      transact: ((work) => {
        if (++writes > 1) return Promise.reject(new LatchkeyError("LK-6105"));
        return transact(work);
      }) as typeof transact,
    };
    const other = createEngineFixture([], broken);
    await other.token(ADA);
    const reply = await other.ask(ADA, create("x"));
    expect(reply.status).toBe(201);
    expect(other.log.some(({ event }) => event === "idempotency-not-kept")).toBe(true);
  });

  test.each(["", " ", "a b", "é", "x".repeat(256)])("has a key of visible ASCII, and not %p", async (key) => {
    const { ask, sample } = createEngineFixture();
    const reply = await ask(ADA, create("x", key));
    expect([reply.status, errorOf(reply).code, errorOf(reply).param]).toEqual([
      400,
      "LK-2102",
      "idempotency-key",
    ]);
    expect(sample.ran).toEqual([]);
  });

  test("counts for nothing where it is a read", async () => {
    const { ask, parts } = createEngineFixture();
    const read: Ask = { method: "GET", target: "/admin/v1/me", headers: { "idempotency-key": "k" } };
    expect(isReplay(await ask(ADA, read))).toBe(false);
    expect(isReplay(await ask(ADA, read))).toBe(false);
    expect(await parts.records.count({ kind: "idempotency" })).toBe(0);
  });
});

import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { operation } from "../../../src/admin/contract/operation.ts";
import { bind } from "../../../src/admin/operations/bound-operation.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { headerOf } from "../../support/identity-fixture.ts";
import { type Ask, createEngineFixture, errorOf } from "./support/engine-fixture.ts";

const ADA = "ada@example.com";
const FIRST = "/admin/v1/tenants/shop/notes/first";

const read = (headers: Record<string, string> = {}): Ask => ({ method: "GET", target: FIRST, headers });
const change = (headers: Record<string, string> = {}): Ask => ({
  method: "PATCH",
  target: FIRST,
  headers,
  body: { title: "Two" },
});

describe("the version of a record", () => {
  test("is in the entity tag, which a write can be bound to", async () => {
    const { ask } = createEngineFixture();
    const tag = headerOf(await ask(ADA, read()), "etag") ?? "";
    expect(tag).toMatch(/^W\/"3-[0-9a-f]{16}"$/);
    const done = await ask(ADA, change({ "if-match": tag }));
    expect([done.status, headerOf(done, "etag")]).toEqual([200, 'W/"4"']);
    const late = await ask(ADA, change({ "if-match": tag }));
    expect([late.status, errorOf(late).code]).toEqual([409, "LK-2016"]);
    expect((await ask(ADA, change({ "if-match": 'W/"4"' }))).status).toBe(200);
  });

  test.each(['"3"', 'W/"3"', 'W/"3-0123456789abcdef"', "*"])("may be asked for as %s", async (tag) => {
    expect((await createEngineFixture().ask(ADA, change({ "if-match": tag }))).status).toBe(200);
  });

  test.each(["", "3", '"0"', '"-1"', '"3', 'w/"3"', '"3", "4"', '"x"', `"${"9".repeat(30)}"`, '"3-zz"'])(
    "may not be asked for as %p",
    async (tag) => {
      const { ask, sample } = createEngineFixture();
      const reply = await ask(ADA, change({ "if-match": tag }));
      expect([reply.status, errorOf(reply).code, errorOf(reply).param]).toEqual([400, "LK-2102", "if-match"]);
      expect(sample.ran).toEqual([]);
    },
  );

  test("is told of nothing that has none", async () => {
    const { ask } = createEngineFixture();
    expect(headerOf(await ask(ADA, { method: "GET", target: "/admin/v1/me" }), "etag")).toBeUndefined();
  });
});

describe("what is known already", () => {
  test("is answered with 304, as long as it is so", async () => {
    const { ask, sample } = createEngineFixture();
    const tag = headerOf(await ask(ADA, read()), "etag") ?? "";
    for (const known of [tag, tag.slice(2), `"x", ${tag}`, "*"]) {
      const reply = await ask(ADA, read({ "if-none-match": known }));
      expect([reply.status, reply.body, headerOf(reply, "etag")]).toEqual([304, "", tag]);
    }
    for (const other of ["", '"x"', 'W/"3"', tag.slice(3)]) {
      expect((await ask(ADA, read({ "if-none-match": other }))).status).toBe(200);
    }
    sample.notes.set("first", { id: "first", title: "changed by time", version: 3 });
    expect((await ask(ADA, read({ "if-none-match": tag }))).status).toBe(200);
  });
});

describe("a change of who may call what", () => {
  const create: Ask = { method: "POST", target: "/admin/v1/tenants/shop/notes", body: { title: "x" } };

  test("is answered when every thread goes by it", async () => {
    const fixture = createEngineFixture();
    const gate = Promise.withResolvers<void>();
    const waiting = Promise.withResolvers<void>();
    fixture.onApplied = () => {
      waiting.resolve();
      return gate.promise;
    };
    let isAnswered = false;
    const reply = fixture.ask(ADA, create).then((answer) => {
      isAnswered = true;
      return answer;
    });
    await waiting.promise;
    expect([fixture.sample.notes.size, isAnswered]).toEqual([2, false]);
    gate.resolve();
    expect((await reply).status).toBe(201);
  });

  test("is waited for only where there was one", async () => {
    const { ask, waits } = createEngineFixture();
    await ask(ADA, { ...create, body: { title: "taken" } });
    await ask(ADA, { ...create, body: {} });
    await ask(ADA, change());
    await ask(ADA, read());
    expect(waits()).toBe(0);
    await ask(ADA, create);
    expect(waits()).toBe(1);
  });

  test("that cannot be applied is told of as stored", async () => {
    const fixture = createEngineFixture();
    fixture.onApplied = () => Promise.reject(new Error("a thread is gone"));
    const reply = await fixture.ask(ADA, create);
    expect([reply.status, errorOf(reply).code]).toEqual([500, "LK-6105"]);
    expect(errorOf(reply).message).not.toContain("thread is gone");
    expect(fixture.log.at(-1)).toMatchObject({ level: "error", event: "admin-failed" });
  });
});

describe("what goes wrong inside", () => {
  const odd = (output: z.ZodType, answer: () => unknown) =>
    bind(
      operation({
        name: "odd.get",
        method: "GET",
        path: "/odd",
        permission: "self.read",
        scope: "self",
        summary: "Odd",
        params: z.strictObject({}),
        query: z.strictObject({}),
        body: null,
        output,
        status: 200,
        affectsCalls: false,
      }),
      async () => answer(),
    );
  const ask: Ask = { method: "GET", target: "/admin/v1/odd" };

  test("is told to nobody but the log", async () => {
    const fixture = createEngineFixture([
      odd(z.unknown(), () => {
        throw new Error("password=hunter2");
      }),
    ]);
    const reply = await fixture.ask(ADA, ask);
    expect([reply.status, errorOf(reply).code]).toEqual([500, "LK-5001"]);
    expect(reply.body).not.toContain("hunter2");
    expect(fixture.log.at(-1)).toMatchObject({
      level: "error",
      event: "admin-failed",
      fields: { operation: "odd.get", code: "LK-5001", requestId: headerOf(reply, "x-request-id") },
    });
  });

  test.each([undefined, null, "text", 0])("may be a thrown %p", async (thrown) => {
    const fixture = createEngineFixture([
      odd(z.unknown(), () => {
        throw thrown;
      }),
    ]);
    expect((await fixture.ask(ADA, ask)).status).toBe(500);
  });

  test("may be an answer that its schema does not allow, of which nothing is shown", async () => {
    const fixture = createEngineFixture([odd(z.object({ size: z.number() }), () => ({ size: "lk_secret" }))]);
    const reply = await fixture.ask(ADA, ask);
    expect([reply.status, errorOf(reply).code]).toEqual([500, "LK-5001"]);
    expect(JSON.stringify(fixture.log)).not.toContain("lk_secret");
    expect(String(fixture.log.at(-1)?.fields["internal"])).toContain(
      "odd.get does not match its schema at size",
    );
  });

  test("keeps what a refusal says of itself", async () => {
    const fixture = createEngineFixture([
      odd(z.unknown(), () => {
        throw new LatchkeyError("LK-2018", "Slowly.", {
          retryAfterS: 7,
          param: "x",
          link: "</a>; rel=b",
          internal: "only for the log",
        });
      }),
    ]);
    const reply = await fixture.ask(ADA, ask);
    expect(errorOf(reply)).toMatchObject({ code: "LK-2018", message: "Slowly.", param: "x" });
    expect([headerOf(reply, "retry-after"), headerOf(reply, "link")]).toEqual(["7", "</a>; rel=b"]);
    expect(reply.body).not.toContain("only for the log");
    expect(fixture.log.at(-1)?.fields["internal"]).toBe("only for the log");
  });

  test("may be the log itself, without harm", async () => {
    const fixture = createEngineFixture();
    const broken = (): never => {
      throw new Error("disk full");
    };
    Object.assign(fixture.parts.logger, { info: broken, warn: broken, debug: broken, error: broken });
    expect((await fixture.ask(ADA, change())).status).toBe(200);
    expect((await fixture.ask(null, change())).status).toBe(401);
  });
});

describe("the log", () => {
  test("has a line for each write, and none for reads", async () => {
    const { ask, log, identity } = createEngineFixture();
    await ask(ADA, read());
    expect(log).toEqual([]);
    identity.clock.advance(5);
    const reply = await ask(ADA, change());
    expect(log).toEqual([
      {
        level: "info",
        event: "admin-write",
        fields: {
          requestId: headerOf(reply, "x-request-id"),
          member: ADA,
          means: "token",
          address: "192.0.2.7",
          operation: "notes.update",
          tenant: "shop",
          ms: 0,
          status: 200,
        },
      },
    ]);
  });

  test("has refusals as warnings, and says of nobody's requests only where it is asked to say much", async () => {
    const { ask, log } = createEngineFixture();
    await ask(ADA, { method: "GET", target: "/admin/v1/tenants/bank/notes" });
    await ask(null, { method: "GET", target: "/admin/v1/me" });
    expect(log.map(({ level, event, fields }) => [level, event, fields["code"], fields["tenant"]])).toEqual([
      ["warn", "admin-refused", "LK-2020", "bank"],
      ["debug", "admin-refused", "LK-2015", null],
    ]);
  });

  test("has nothing of what was sent or answered", async () => {
    const { ask, log } = createEngineFixture();
    const target = "/admin/v1/tenants/shop/notes";
    const headers = { "idempotency-key": "my-very-own-key", "content-type": "application/json" };
    await ask(ADA, { method: "POST", target, headers, body: { title: "a private title" } });
    await ask(ADA, { method: "POST", target, headers, body: { title: "a private title" } });
    await ask(ADA, { method: "POST", target: `${target}?x=private`, body: { title: "a private title" } });
    await ask(ADA, { method: "POST", target, headers: { "content-type": "text/private" }, body: "private" });
    expect(log).toHaveLength(4);
    expect(log[1]?.fields["replayed"]).toBe(true);
    const text = JSON.stringify(log);
    for (const part of ["private", "secret of", "my-very-own-key", "lkt_"]) expect(text).not.toContain(part);
  });
});

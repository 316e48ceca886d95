import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { operation } from "../../../src/admin/contract/operation.ts";
import { bind } from "../../../src/admin/operations/bound-operation.ts";
import { type Ask, createEngineFixture, errorOf } from "./support/engine-fixture.ts";

const ADA = "ada@example.com";
const NOTES = "/admin/v1/tenants/shop/notes";
const JSON_TYPE = { "content-type": "application/json" };

const post = (body: unknown, headers: Record<string, string> = JSON_TYPE): Ask => ({
  method: "POST",
  target: NOTES,
  body,
  headers,
});

describe("a body", () => {
  test.each<[what: string, request: Ask, status: number, code: string, param: string | null, words: string]>([
    ["absent", post(undefined), 400, "LK-2101", null, "empty"],
    ["no JSON", post("{"), 400, "LK-2101", null, "ends too early"],
    ["two values", post('{"title":"a"}{}'), 400, "LK-2101", null, "breaks at byte 13"],
    ["a list", post("[]"), 400, "LK-2101", null, "JSON object"],
    ["null", post("null"), 400, "LK-2101", null, "JSON object"],
    ["too deep", post(`{"title":${"[".repeat(200)}${"]".repeat(200)}}`), 400, "LK-2130", null, "128"],
    ["with a name twice", post('{"title":"a","title":"b"}'), 400, "LK-2103", "title", "twice"],
    [
      "with a name twice inside",
      post('{"title":"a","terms":{"models":null,"m\\u006fdels":[]}}'),
      400,
      "LK-2103",
      "terms.models",
      "twice",
    ],
    ["with __proto__", post('{"title":"a","__proto__":{"x":1}}'), 400, "LK-2102", "__proto__", "no such"],
    [
      "with __proto__ inside",
      post('{"title":"a","terms":{"models":null,"__proto__":[]}}'),
      400,
      "LK-2102",
      "terms.__proto__",
      "no such",
    ],
    ["with constructor", post({ title: "a", constructor: 1 }), 400, "LK-2102", "constructor", "no such"],
    ["with half a character", post('{"title":"\\ud83d"}'), 400, "LK-2102", "title", "Unicode"],
    ["without a field", post({}), 400, "LK-2102", "title", "missing"],
    ["with a wrong type", post({ title: 3 }), 400, "LK-2102", "title", "has to be a text"],
    ["with null", post({ title: null }), 400, "LK-2102", "title", "has to be a text"],
    ["with an empty text", post({ title: "" }), 400, "LK-2102", "title", "at least 1 characters"],
    ["with a long text", post({ title: "x".repeat(101) }), 400, "LK-2102", "title", "at most 100 characters"],
    ["with another field", post({ title: "a", other: 1 }), 400, "LK-2102", "other", "no such field"],
    [
      "with another field inside",
      post({ title: "a", terms: { models: null, "odd name": 1 } }),
      400,
      "LK-2102",
      'terms["odd name"]',
      "no such field",
    ],
    [
      "with a wrong entry",
      post({ title: "a", terms: { models: ["a", "b", 3] } }),
      400,
      "LK-2102",
      "terms.models[2]",
      "a text",
    ],
    [
      "with too many entries",
      post({ title: "a", terms: { models: ["a", "b", "c", "d"] } }),
      400,
      "LK-2102",
      "terms.models",
      "at most 3 entries",
    ],
    ["with a fraction", post({ title: "a", copies: 1.5 }), 400, "LK-2102", "copies", "whole number"],
    ["with a low number", post({ title: "a", copies: 0 }), 400, "LK-2102", "copies", "at least 1"],
    ["with a huge number", post('{"title":"a","copies":1e400}'), 400, "LK-2102", "copies", "number"],
    [
      "of another type",
      post('{"title":"a"}', { "content-type": "text/plain" }),
      415,
      "LK-2127",
      "content-type",
      "type",
    ],
    ["of no type", post('{"title":"a"}', {}), 415, "LK-2127", "content-type", "type"],
    [
      "of another charset",
      post('{"title":"a"}', { "content-type": "application/json; charset=latin1" }),
      415,
      "LK-2127",
      "content-type",
      "type",
    ],
    [
      "compressed",
      post('{"title":"a"}', { ...JSON_TYPE, "content-encoding": "gzip" }),
      415,
      "LK-2106",
      null,
      "encoding",
    ],
    ["too large", post(`{"title":"${"x".repeat(1024 * 1024)}"}`), 413, "LK-2104", null, "1048576"],
    [
      "where none is taken",
      { method: "DELETE", target: `${NOTES}/first`, body: {} },
      400,
      "LK-2102",
      "body",
      "takes no body",
    ],
    ["of a read", { method: "GET", target: NOTES, body: {} }, 400, "LK-2102", "body", "takes no body"],
  ])("%s is refused", async (_, request, status, code, param, words) => {
    const { ask, sample } = createEngineFixture();
    const reply = await ask(ADA, request);
    const error = errorOf(reply);
    expect([reply.status, error.code, error.param]).toEqual([status, code, param]);
    expect(error.message).toContain(words);
    expect(sample.ran).toEqual([]);
    expect(sample.notes.size).toBe(1);
  });

  test.each([
    "application/json",
    "Application/JSON",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
  ])("may be of the type %s", async (type) => {
    const { ask } = createEngineFixture();
    const request = post(' {"title": "\\u00e9", "terms": {"models": null}} ', { "content-type": type });
    expect((await ask(ADA, request)).status).toBe(201);
  });

  test("may be left out where nothing in it is needed", async () => {
    const { ask } = createEngineFixture();
    const target = `${NOTES}/first`;
    expect((await ask(ADA, { method: "PATCH", target })).status).toBe(200);
    expect((await ask(ADA, { method: "PATCH", target, body: {} })).status).toBe(200);
  });

  test("that is not UTF-8 is refused", async () => {
    const { identity, parts, sample, token } = createEngineFixture();
    const { createAdmin } = await import("../../../src/admin/engine/create-admin.ts");
    const admin = createAdmin({ parts, identity: identity.identity, operations: sample.operations });
    const authorization = `Bearer ${await token(ADA)}`;
    const reply = await admin.handle({
      method: "POST",
      path: NOTES,
      query: "",
      headers: new Headers({ authorization, ...JSON_TYPE }),
      remoteAddress: "192.0.2.7",
      readBody: async () => Buffer.from('{"title":"\xff"}', "latin1"),
    });
    expect([reply.status, errorOf(reply).code]).toEqual([400, "LK-2101"]);
  });
});

describe("a query", () => {
  test.each<[query: string, asked: Record<string, unknown>]>([
    ["", { limit: 50, tag: [] }],
    ["?", { limit: 50, tag: [] }],
    ["?limit=7&open=true&state=old", { limit: 7, open: true, state: "old", tag: [] }],
    ["?open=false&&tag=a", { limit: 50, open: false, tag: ["a"] }],
    ["?tag=a&tag=b+c&tag=%C3%A9%26&t%61g=", { limit: 50, tag: ["a", "b c", "é&", ""] }],
    ["?tag=1&tag=true&tag=__proto__", { limit: 50, tag: ["1", "true", "__proto__"] }],
  ])("%p is read", async (query, asked) => {
    const reply = await createEngineFixture().ask(ADA, { method: "GET", target: `${NOTES}${query}` });
    expect(reply.status).toBe(200);
    expect((JSON.parse(reply.body) as { asked: unknown }).asked).toEqual(asked);
  });

  test.each([
    ["?limit=0", "limit", "at least 1"],
    ["?limit=201", "limit", "at most 200"],
    ["?limit=1.5", "limit", "whole number"],
    ["?limit=", "limit", "a number"],
    ["?limit=0x10", "limit", "a number"],
    ["?limit=%207", "limit", "a number"],
    ["?limit=1e999", "limit", "number"],
    ["?limit=1&limit=1", "limit", "once only"],
    ["?limit[]=1", '["limit[]"]', "no such parameter"],
    ["?open=yes", "open", "true or false"],
    ["?open", "open", "true or false"],
    ["?state=odd", "state", '"new" or "old"'],
    [`?tag=${"x".repeat(21)}`, "tag[0]", "at most 20 characters"],
    ["?other=1", "other", "no such parameter"],
    ["?__proto__=1", "__proto__", "no such parameter"],
    ["?constructor=1", "constructor", "no such parameter"],
    ["?tag=%zz", "tag", "percent-encoded"],
    ["?%ff=1", "query", "percent-encoded"],
    ["?limit=%00", "limit", "a number"],
  ])("%p is refused", async (query, param, words) => {
    const reply = await createEngineFixture().ask(ADA, { method: "GET", target: `${NOTES}${query}` });
    const error = errorOf(reply);
    expect([reply.status, error.code, error.param]).toEqual([400, "LK-2102", param]);
    expect(error.message).toContain(words);
  });

  test("is refused where the operation has no parameters", async () => {
    const reply = await createEngineFixture().ask(ADA, { method: "GET", target: "/admin/v1/me?x=1" });
    expect(errorOf(reply).param).toBe("x");
  });

  test("is read through whatever stands around a schema", async () => {
    const odd = operation({
      name: "odd.list",
      method: "GET",
      path: "/odd",
      permission: "self.read",
      scope: "self",
      summary: "Odd",
      params: z.strictObject({}),
      query: z.object({
        numbers: z.array(z.number().nullable()).optional().readonly(),
        size: z
          .number()
          .transform((size) => size * 2)
          .optional(),
        flag: z.boolean().prefault(true),
        coerced: z.coerce.number().exactOptional(),
        either: z.union([z.literal("all"), z.string()]).catch("none"),
      }),
      body: null,
      output: z.record(z.string(), z.unknown()),
      status: 200,
      affectsCalls: false,
    });
    const { ask } = createEngineFixture([bind(odd, async (_, { query }) => ({ ...query }))]);
    const reply = await ask(ADA, {
      method: "GET",
      target: "/admin/v1/odd?numbers=1&numbers=-2.5e1&size=4&either=5",
    });
    expect(JSON.parse(reply.body)).toEqual({ numbers: [1, -25], size: 8, flag: true, either: "5" });
    expect(errorOf(await ask(ADA, { method: "GET", target: "/admin/v1/odd?coerced=" })).param).toBe(
      "coerced",
    );
    // A schema that would let others through does not.
    expect((await ask(ADA, { method: "GET", target: "/admin/v1/odd?more=1" })).status).toBe(400);
  });
});

test("a schema's own words go before the engine's", async () => {
  const named = operation({
    name: "named.make",
    method: "POST",
    path: "/named",
    permission: "self.read",
    scope: "self",
    summary: "Named",
    params: z.strictObject({}),
    query: z.strictObject({}),
    body: z.strictObject({
      day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "Write a day as YYYY-MM-DD."),
      even: z.number().multipleOf(2).optional(),
      mail: z.email().optional(),
      kind: z.discriminatedUnion("type", [z.strictObject({ type: z.literal("a") })]).optional(),
      below: z.number().lt(5).optional(),
    }),
    output: null,
    status: 204,
    affectsCalls: false,
  });
  const { ask } = createEngineFixture([bind(named, async () => null)]);
  const messageOf = async (body: unknown): Promise<string> =>
    errorOf(await ask(ADA, { method: "POST", target: "/admin/v1/named", body })).message;
  expect(await messageOf({ day: "today" })).toBe("Write a day as YYYY-MM-DD.");
  expect(await messageOf({})).toBe("This field is missing.");
  expect(await messageOf({ day: "2026-01-01", even: 3 })).toBe("This has to be a multiple of 2.");
  expect(await messageOf({ day: "2026-01-01", mail: "x" })).toContain("email");
  expect(await messageOf({ day: "2026-01-01", below: 5 })).toBe("This has to be less than 5.");
  expect(await messageOf({ day: "2026-01-01", kind: { type: "b" } })).toContain("none of the values");
});

import { describe, expect, test } from "bun:test";
import { createAdmin } from "../../../src/admin/engine/create-admin.ts";
import { headerOf, identityRequest, ORIGIN, signInAs } from "../../support/identity-fixture.ts";
import { type Ask, createEngineFixture, errorOf } from "./support/engine-fixture.ts";

const ADA = "ada@example.com";
const BOB = "bob@example.com";
const ROOT = "root@example.com";

const get = (target: string, headers: Record<string, string> = {}): Ask => ({
  method: "GET",
  target,
  headers,
});
const post = (target: string, body?: unknown, headers: Record<string, string> = {}): Ask => ({
  method: "POST",
  target,
  body,
  headers,
});

describe("who may ask", () => {
  test.each<[member: string | null, line: string, status: number, code: string | null]>([
    [null, "GET /admin/v1/me", 401, "LK-2015"],
    [null, "GET /admin/v1/nothing", 401, "LK-2015"],
    [null, "GET /admin/elsewhere", 401, "LK-2015"],
    [null, "GET /admin/v1/openapi.json", 401, "LK-2015"],
    [null, "OPTIONS /admin/v1/me", 401, "LK-2015"],
    [null, "GET /admin/sign-in", 200, null],
    [null, "GET /admin/sign-in/nothing", 401, "LK-2015"],
    [ADA, "GET /admin/sign-in/nothing", 404, "LK-2006"],
    [null, "GET /admin/sign-inside", 401, "LK-2015"],
    [ADA, "GET /admin/v1/me", 200, null],
    [ADA, "GET /admin/v1/nothing", 404, "LK-2006"],
    [ADA, "GET /admin/v1", 404, "LK-2006"],
    [ADA, "GET /admin/v1/me/", 404, "LK-2006"],
    [ADA, "GET /admin/v2/me", 404, "LK-2006"],
    [ADA, "GET /v1/me", 404, "LK-2006"],
    [ADA, "GET /admin/v1/tenants/shop/notes", 200, null],
    [BOB, "GET /admin/v1/tenants/shop/notes", 404, "LK-2020"],
    [BOB, "GET /admin/v1/tenants/nobody/notes", 404, "LK-2020"],
    [ROOT, "GET /admin/v1/tenants/nobody/notes", 404, "LK-2020"],
    [ROOT, "GET /admin/v1/tenants/shop/notes", 200, null],
    [BOB, "GET /admin/v1/tenants/bank/notes", 200, null],
    [BOB, "POST /admin/v1/tenants/bank/notes", 403, "LK-2014"],
    [ADA, "POST /admin/v1/platform/check", 403, "LK-2014"],
    [ROOT, "POST /admin/v1/platform/check", 200, null],
  ])("%p asks for %s: %p %p", async (member, line, status, code) => {
    const [method = "", target = ""] = line.split(" ");
    const body = target.endsWith("/notes") && method === "POST" ? { title: "x" } : undefined;
    const reply = await createEngineFixture().ask(member, { method, target, body });
    expect(reply.status).toBe(status);
    if (code !== null) expect(errorOf(reply).code).toBe(code);
    expect(headerOf(reply, "x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    expect(headerOf(reply, "cache-control")).toBe("no-store");
    expect(headerOf(reply, "x-content-type-options")).toBe("nosniff");
    expect(headerOf(reply, "access-control-allow-origin")).toBeUndefined();
  });

  test("another tenant and none are told in the same words", async () => {
    const { ask } = createEngineFixture();
    const other = await ask(BOB, get("/admin/v1/tenants/shop/notes"));
    const none = await ask(BOB, get("/admin/v1/tenants/nobody/notes"));
    expect(other.body).toBe(none.body);
  });

  test("what is missing is named, and 401 says how to sign in", async () => {
    const { ask } = createEngineFixture();
    const refused = await ask(BOB, post("/admin/v1/tenants/bank/notes", { title: "x" }));
    expect(errorOf(refused).message).toContain("key.create");
    expect(errorOf(refused).help).not.toBe("");
    expect(errorOf(refused).param).toBeNull();
    expect(headerOf(await ask(null, get("/admin/v1/me")), "www-authenticate")).toBe("Bearer");
  });

  test("a narrow token may do no more than it says, and the permission is looked at before the input", async () => {
    const { ask, token, sample } = createEngineFixture();
    const authorization = `Bearer ${await token(ADA, ["key.read"])}`;
    expect((await ask(null, get("/admin/v1/tenants/shop/notes", { authorization }))).status).toBe(200);
    const write = await ask(null, post("/admin/v1/tenants/shop/notes", "{", { authorization }));
    expect(errorOf(write).code).toBe("LK-2014");
    expect(errorOf(await ask(null, get("/admin/v1/me", { authorization }))).code).toBe("LK-2014");
    expect(sample.ran).toEqual([]);
  });

  test("a browser's write needs the session's csrf token and origin", async () => {
    const { identity, parts, sample } = createEngineFixture();
    const admin = createAdmin({ parts, identity: identity.identity, operations: sample.operations });
    const { cookie, csrf } = await signInAs(identity, ADA);
    const write = (headers: Record<string, string>) =>
      admin.handle(
        identityRequest(
          "POST",
          "/admin/v1/tenants/shop/notes",
          { cookie, "content-type": "application/json", ...headers },
          '{"title":"x"}',
        ),
      );
    expect(errorOf(await write({ origin: ORIGIN })).code).toBe("LK-2019");
    expect(errorOf(await write({ "x-csrf-token": csrf })).code).toBe("LK-2019");
    expect(errorOf(await write({ origin: "https://evil.example", "x-csrf-token": csrf })).code).toBe(
      "LK-2019",
    );
    expect(sample.ran).toEqual([]);
    expect((await write({ origin: ORIGIN, "x-csrf-token": csrf })).status).toBe(201);
  });
});

describe("methods", () => {
  test.each([
    ["PUT", "/admin/v1/tenants/shop/notes", 405, "GET, HEAD, POST, OPTIONS"],
    ["DELETE", "/admin/v1/tenants/shop/notes", 405, "GET, HEAD, POST, OPTIONS"],
    ["POST", "/admin/v1/tenants/shop/notes/first", 405, "DELETE, GET, HEAD, PATCH, OPTIONS"],
    ["OPTIONS", "/admin/v1/tenants/shop/notes", 204, "GET, HEAD, POST, OPTIONS"],
    ["OPTIONS", "/admin/v1/nothing", 404, undefined],
    ["get", "/admin/v1/me", 405, "GET, HEAD, OPTIONS"],
  ])("%s %s: %p", async (method, target, status, allow) => {
    const reply = await createEngineFixture().ask(ADA, { method, target });
    expect(reply.status).toBe(status);
    expect(headerOf(reply, "allow")).toBe(allow);
  });

  test("HEAD is answered as GET", async () => {
    const { ask } = createEngineFixture();
    const read = await ask(ADA, get("/admin/v1/tenants/shop/notes/first"));
    const head = await ask(ADA, { method: "HEAD", target: "/admin/v1/tenants/shop/notes/first" });
    expect(head.status).toBe(200);
    expect(headerOf(head, "etag")).toBe(headerOf(read, "etag") ?? "");
  });
});

describe("names in paths", () => {
  test.each([
    ["first", 200],
    ["%66irst", 200],
    ["a%2Fb", 200],
    ["%25", 200],
    ["%E2%82%AC", 200],
    ["a%252Fb", 404],
    ["%", 400],
    ["%zz", 400],
    ["%ff", 400],
    ["..", 400],
    ["%2e%2e", 400],
    [".", 400],
    ["%00", 400],
    ["%0d%0a", 400],
    ["\u00e9", 400],
    ["a/b", 404],
    ["x".repeat(101), 400],
  ])("%p: %p", async (written, status) => {
    const { ask, sample } = createEngineFixture();
    for (const id of ["a/b", "%", "\u20ac"]) sample.notes.set(id, { id, title: id, version: 1 });
    const reply = await ask(ADA, get(`/admin/v1/tenants/shop/notes/${written}`));
    expect(reply.status).toBe(status);
  });
});

test("only what the answer's schema names is answered", async () => {
  const reply = await createEngineFixture().ask(ADA, get("/admin/v1/me"));
  expect(JSON.parse(reply.body)).toEqual({ address: ADA });
});

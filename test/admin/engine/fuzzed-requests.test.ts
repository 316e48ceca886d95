import { expect, test } from "bun:test";
import fc from "fast-check";
import { createAdmin } from "../../../src/admin/engine/create-admin.ts";
import type { IdentityReply } from "../../../src/admin/identity/identity-http.ts";
import { createEngineFixture } from "./support/engine-fixture.ts";

const paths = [
  "/admin/v1/me",
  "/admin/v1/openapi.json",
  "/admin/v1/platform/check",
  "/admin/v1/tenants/shop/notes",
  "/admin/v1/tenants/shop/notes/first",
  "/admin/sign-in",
  "/admin/sign-in/link",
  "/admin/sign-in/start",
  "/admin",
];

/** What may come in a request's line and headers: what the front lets through. */
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const value = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const anyPath = fc.oneof(
  fc.constantFrom(...paths),
  visible.map((text) => `/admin/v1/${text}`),
  visible.map((text) => `/admin/v1/tenants/shop/notes/${text}`),
  visible.map((text) => `/admin/v1/tenants/${text}/notes`),
  visible.map((text) => `/${text}`),
);
const anyQuery = fc.oneof(
  fc.constant(""),
  visible,
  fc
    .array(fc.tuple(fc.constantFrom("limit", "tag", "open", "state", "token", "__proto__"), visible))
    .map((pairs) => pairs.map(([name, text]) => `${name}=${text}`).join("&")),
);
const anyHeaders = fc.dictionary(
  fc.constantFrom(
    "if-match",
    "if-none-match",
    "idempotency-key",
    "content-type",
    "content-encoding",
    "cookie",
    "origin",
    "x-csrf-token",
    "host",
  ),
  value,
  { noNullPrototype: true },
);
const member = {
  title: fc.oneof(fc.string(), fc.jsonValue()),
  terms: fc.jsonValue(),
  copies: fc.jsonValue(),
};
const anyBody = fc.oneof(
  fc.constant(new Uint8Array()),
  fc.uint8Array({ maxLength: 200 }),
  fc
    .oneof(fc.jsonValue(), fc.record(member, { requiredKeys: [] }))
    .map((json) => Buffer.from(JSON.stringify(json))),
);
const anyMethod = fc.oneof(
  fc.constantFrom("GET", "HEAD", "OPTIONS", "POST", "PATCH", "DELETE", "PUT"),
  visible,
);

function isSound(reply: IdentityReply): void {
  expect(reply.status).toBeGreaterThanOrEqual(200);
  expect(reply.status).toBeLessThan(500);
  for (const [name, text] of reply.headers) expect(`${name}: ${text}`).not.toMatch(/[\r\n]/);
  if (reply.status < 400 || reply.body === "") return;
  const { error } = JSON.parse(reply.body) as { error: Record<string, unknown> };
  expect(Object.keys(error)).toEqual(["code", "message", "param", "help"]);
}

test("whatever is sent, by members and strangers, is answered, and never with a failure", async () => {
  const { parts, identity, sample, token } = createEngineFixture();
  const admin = createAdmin({ parts, identity: identity.identity, operations: sample.operations });
  const bearer = `Bearer ${await token("root@example.com")}`;
  await fc.assert(
    fc.asyncProperty(
      fc.record({ method: anyMethod, path: anyPath, query: anyQuery, headers: anyHeaders, body: anyBody }),
      fc.boolean(),
      fc.boolean(),
      async ({ method, path, query, headers, body }, isMember, isJson) => {
        const all = new Headers({
          ...headers,
          ...(isMember && { authorization: bearer }),
          ...(isJson && { "content-type": "application/json" }),
        });
        const request = { method, path, query, headers: all, remoteAddress: "192.0.2.7" };
        isSound(await admin.handle({ ...request, readBody: async () => new Uint8Array(body) }));
      },
    ),
    { numRuns: 1_500 },
  );
}, 30_000);

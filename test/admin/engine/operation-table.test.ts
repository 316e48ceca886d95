import { expect, test } from "bun:test";
import { z } from "zod";
import type { Operation } from "../../../src/admin/contract/operation.ts";
import { createAdmin } from "../../../src/admin/engine/create-admin.ts";
import { bind } from "../../../src/admin/operations/bound-operation.ts";
import type { Permission } from "../../../src/admin/permissions.ts";
import { createEngineFixture } from "./support/engine-fixture.ts";

const sound: Operation = {
  name: "things.get",
  method: "GET",
  path: "/tenants/{tenant}/things/{thing}",
  permission: "key.read",
  scope: "tenant",
  summary: "Read a thing",
  params: z.strictObject({ tenant: z.string(), thing: z.string() }),
  query: z.strictObject({}),
  body: null,
  output: z.object({}),
  status: 200,
  affectsCalls: false,
};

function make(...operations: readonly Operation[]): void {
  const { parts, identity } = createEngineFixture();
  const bound = operations.map((operation) => bind(operation, async () => null));
  createAdmin({ parts, identity: identity.identity, operations: bound });
}

test("a sound table is taken", () => {
  expect(() => make(sound)).not.toThrow();
});

test.each<[what: string, change: Partial<Operation>, words: string]>([
  ["no permission", { permission: "all" as Permission }, "names no permission"],
  ["a parameter that the path lacks", { path: "/tenants/{tenant}/things" }, "other parameters"],
  [
    "a path parameter without a schema",
    { params: z.strictObject({ tenant: z.string() }) },
    "other parameters",
  ],
  ["a tenant's path on the platform", { scope: "platform" }, "against its path"],
  ["a tenant's scope elsewhere", { path: "/{tenant}/things/{thing}" }, "against its path"],
  ["an answer and 204", { status: 204 }, "204"],
  ["no answer and 200", { output: null }, "204"],
  ["a read with a body", { body: z.strictObject({}) }, "takes a body"],
  ["a secret that is nowhere", { answersSecret: true }, "secret"],
  ["a text that may be a secret", { method: "POST", output: z.object({ text: z.string() }) }, "secret"],
])("an operation with %s is refused", (_, change, words) => {
  expect(() => make({ ...sound, ...change })).toThrow(words);
});

test("two operations cannot have one name, or one place", () => {
  expect(() => make(sound, { ...sound, path: "/tenants/{tenant}/others/{thing}" })).toThrow("two operations");
  const params = z.strictObject({ tenant: z.string(), other: z.string() });
  const twin = { ...sound, name: "others.get", path: "/tenants/{tenant}/things/{other}", params } as const;
  expect(() => make(sound, twin)).toThrow("two operations");
});

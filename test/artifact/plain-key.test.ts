import { expect, test } from "bun:test";
import fc from "fast-check";
import { isPlainKey } from "../../src/artifact/plain-key.ts";
import { keySchema } from "../../src/artifact/schema/access.ts";
import { digestOf } from "../../src/kernel/hash.ts";

const plain = {
  app: 1,
  name: "production",
  digest: digestOf("x"),
  expiresAtMs: 1_800_000_000_000,
  grant: 2,
  environment: null,
  scope: null,
  networks: null,
  limits: [],
  budget: null,
};
const odd = fc.constantFrom<unknown>(
  null,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 31 - 1,
  2 ** 53,
  "",
  "1",
  [],
  [1],
  {},
  true,
  Number.NaN,
  "sha256:x",
  digestOf("y").toUpperCase(),
);

test("the usual key is recognised", () => {
  expect(isPlainKey(plain)).toBe(true);
  expect(isPlainKey({ ...plain, expiresAtMs: null })).toBe(true);
  expect(isPlainKey({ ...plain, environment: "live" })).toBe(true);
});

test("what is recognised, the schema accepts as it is", () => {
  const change = fc.tuple(fc.constantFrom(...Object.keys(plain), "more"), odd);
  fc.assert(
    fc.property(fc.array(change, { maxLength: 2 }), fc.boolean(), (changes, drop) => {
      const row: Record<string, unknown> = { ...plain, ...Object.fromEntries(changes) };
      if (drop) delete row["name"];
      if (isPlainKey(row)) expect(keySchema.parse(row)).toEqual(row as never);
    }),
    { numRuns: 2_000 },
  );
});

test("policies, networks and everything else are left to the schema", () => {
  for (const row of [
    null,
    [],
    1,
    {},
    { ...plain, more: 1 },
    { ...plain, networks: [] },
    { ...plain, limits: [{}] },
    { ...plain, scope: {} },
    { ...plain, environment: 1 },
  ]) {
    expect(isPlainKey(row)).toBe(false);
  }
});

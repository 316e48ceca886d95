import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { compatibilityReference } from "../../scripts/compatibility-reference.ts";

test("docs/compatibility.md is what the matrix of clients and vendors tests; otherwise run `npm run docs`", async () => {
  const file = Bun.file(resolve(import.meta.dir, "../../docs/compatibility.md"));
  expect(await file.text()).toBe(compatibilityReference());
});

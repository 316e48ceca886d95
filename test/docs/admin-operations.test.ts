import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { adminReference } from "../../scripts/admin-reference.ts";

test("docs/admin-operations.md is what the contract says; otherwise run `npm run docs`", async () => {
  const file = Bun.file(resolve(import.meta.dir, "../../docs/admin-operations.md"));
  expect(await file.text()).toBe(adminReference());
});

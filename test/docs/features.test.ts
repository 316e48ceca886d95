import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { featureReference } from "../../scripts/feature-reference.ts";

test("docs/features.md is what translation finds out; otherwise run `npm run docs`", async () => {
  const file = Bun.file(resolve(import.meta.dir, "../../docs/features.md"));
  expect(await file.text()).toBe(await featureReference());
});

import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { errorReference } from "../../scripts/generate-docs.ts";

test("docs/errors.md is what the tables say; otherwise run `npm run docs`", async () => {
  expect(await Bun.file(resolve(import.meta.dir, "../../docs/errors.md")).text()).toBe(errorReference());
});

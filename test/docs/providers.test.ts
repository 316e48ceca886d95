import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { providerReference } from "../../scripts/provider-reference.ts";

test("docs/providers.md is what is known of the providers; otherwise run `npm run docs`", async () => {
  const file = Bun.file(resolve(import.meta.dir, "../../docs/providers.md"));
  expect(await file.text()).toBe(providerReference());
});

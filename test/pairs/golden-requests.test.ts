import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CallerDialect, ChatDialect } from "../../src/dialects/dialect.ts";
import { askedGroups } from "./features/all.ts";
import { requestOf } from "./features/asked.ts";
import { tell } from "./features/probe.ts";
import { callers, vendors } from "./support/translate.ts";

/**
 * A request of every caller for every feature, as the vendors of the other dialects get it, with what is lost on the
 * way. `UPDATE_GOLDEN=1 npx bun test test/pairs/golden-requests.test.ts` writes the files anew.
 */
const folder = resolve(import.meta.dir, "golden/requests");
const isUpdate = process.env["UPDATE_GOLDEN"] === "1";

async function translated(caller: CallerDialect, vendor: ChatDialect): Promise<string> {
  const features = askedGroups.flatMap((group) => group.features);
  const texts = features.map(async ({ name, asked }) => {
    const ways = asked[caller.name];
    if (ways === undefined) return "";
    const { body, losses } = await tell(caller, vendor, requestOf(caller.name, ways.body));
    return `===== ${name}\n${[body, ...losses.map((loss) => JSON.stringify(loss))].join("\n")}\n`;
  });
  return (await Promise.all(texts)).join("");
}

const pairs = callers.flatMap((caller) =>
  vendors
    .filter(({ name }) => name !== caller.name)
    .map((vendor) => [caller.name, vendor.name, caller, vendor] as const),
);

test.each(pairs)("requests of %s are told to %s as before", async (name, vendorName, caller, vendor) => {
  const text = await translated(caller, vendor);
  const file = resolve(folder, `${name}-to-${vendorName}.golden`);
  if (isUpdate) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, "utf8"));
});

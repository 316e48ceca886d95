import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CallerDialect } from "../../src/dialects/dialect.ts";
import {
  callers,
  contextOf,
  decodePieces,
  encodeEvents,
  parseWhole,
  vendors,
  withoutMadeIds,
} from "./support/translate.ts";
import { sampledAnswers, type VendorAnswer } from "./support/vendor-answers.ts";

/**
 * Every kind of answer of every vendor, byte for byte as callers of the other dialects are told it. What has changed is
 * read in the difference: `UPDATE_GOLDEN=1 npx bun test test/pairs/golden.test.ts` writes the files anew.
 */
const folder = resolve(import.meta.dir, "golden");
const isUpdate = process.env["UPDATE_GOLDEN"] === "1";

/** What a sample shows, by its name; those of framing and damage show nothing of their own. */
const FEATURES =
  /\/(text|tools|parallel-tools|thinking|thinking-tools|reasoning-text|citations|grounding|annotations|refusal|max-tokens|incomplete|image|audio|logprobs|candidates|choices|cache-usage|stop-sequence|safety|content-filter|search-results|signed-thinking)\.(json|sse|jsonl)$/;

const samples = sampledAnswers().filter(({ name }) => FEATURES.test(name));

function translated(answer: VendorAnswer, { name, ingress }: CallerDialect): string {
  const text =
    answer.form === "whole"
      ? `${JSON.stringify(ingress.renderResponse(parseWhole(answer), contextOf()), undefined, 1)}\n`
      : encodeEvents(name, decodePieces(answer, [answer.body]));
  return `===== ${answer.name}\n${withoutMadeIds(text)}`;
}

const pairs = vendors.flatMap((vendor) =>
  callers
    .filter(({ name }) => name !== vendor.name)
    .map((caller) => [vendor.name, caller.name, caller] as const),
);

test.each(pairs)("answers of %s are told to callers of %s as before", (vendor, name, caller) => {
  const own = samples.filter(({ dialect, form }) => dialect === vendor && form !== "error");
  expect(own.length).toBeGreaterThan(3);
  const text = own.map((answer) => translated(answer, caller)).join("\n");
  const file = resolve(folder, `${vendor}-to-${name}.golden`);
  if (isUpdate) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, "utf8"));
});

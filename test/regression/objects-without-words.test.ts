import { expect, test } from "bun:test";
import { chatDialects } from "../../src/dialects/registry.ts";
import { isJsonObject, type Json, type JsonObject, tryParseJson } from "../../src/kernel/json.ts";
import { callers, decodePieces, encodeEvents } from "../pairs/support/translate.ts";
import { sampledAnswers } from "../pairs/support/vendor-answers.ts";

/** `String()` and templates throw at such an object, which a vendor's JSON may hold anywhere. */
const WORDLESS: Json = { toString: 1, valueOf: 1 };

/** The value with such an object in place of each of its inner values in turn. */
function* variants(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    for (const [index, inner] of list.entries())
      for (const other of [WORDLESS, ...variants(inner)]) yield list.with(index, other) as Json;
  } else if (isJsonObject(value)) {
    const object = value as JsonObject;
    for (const [name, inner] of Object.entries(object))
      for (const other of [WORDLESS, ...variants(inner ?? null)]) yield { ...object, [name]: other };
  }
}

const small = sampledAnswers().filter(
  ({ body, dialect }) => body.length < 2_500 && dialect !== "bedrock-converse",
);

test("whole answers with an object that has no words, anywhere in them, are read or refused", () => {
  let read = 0;
  for (const { dialect, body, form, traits } of small) {
    const value = form === "whole" ? tryParseJson(Buffer.from(body).toString()) : undefined;
    if (!isJsonObject(value)) continue;
    for (const variant of variants(value as Json)) {
      chatDialects[dialect]?.egress.parseResponse(variant as JsonObject, traits);
      read++;
    }
  }
  expect(read).toBeGreaterThan(100);
});

test("streams with an object that has no words, anywhere in them, end or fail", () => {
  let read = 0;
  for (const answer of small) {
    if (answer.form !== "stream") continue;
    const lines = Buffer.from(answer.body).toString().split("\n");
    for (const [place, line] of lines.entries()) {
      const [, head = "", json = ""] = /^([^{]*)(\{.*?)\r?$/.exec(line) ?? [];
      const value = tryParseJson(json);
      if (!isJsonObject(value)) continue;
      for (const variant of variants(value as Json)) {
        const changed = lines.with(place, head + JSON.stringify(variant));
        const events = decodePieces(answer, [Buffer.from(changed.join("\n"))]);
        expect(events.filter(({ type }) => type === "end" || type === "error").length).toBeLessThan(2);
        for (const { name } of callers) encodeEvents(name, events);
        read++;
      }
    }
  }
  expect(read).toBeGreaterThan(100);
});

const errors: readonly Json[] = [
  { error: { message: "no", type: "t", code: "c", param: "p", status: "S", metadata: { raw: "x" } } },
  { error: { code: 429, message: "no", details: [{ "@type": "t", reason: "r", retryDelay: "3s" }] } },
  { detail: [{ loc: ["body", "model"], msg: "no" }] },
  { errors: [{ message: "no", code: 1 }] },
  { type: "error", error: { type: "t", message: "no" }, request_id: "r" },
  { message: "no", code: 1, id: "x" },
];

test.each(Object.values(chatDialects).map((dialect) => [dialect.name, dialect] as const))(
  "errors of %s with an object that has no words are errors all the same",
  (_name, { egress }) => {
    for (const error of errors)
      for (const variant of variants(error)) {
        const { kind, message } = egress.parseError(400, Buffer.from(JSON.stringify(variant)));
        expect([typeof kind, typeof message]).toEqual(["string", "string"]);
      }
  },
);

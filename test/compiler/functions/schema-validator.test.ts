import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { schemaValidator } from "../../../src/compiler/functions/module/schema-validator.ts";

describe("a schema that runs itself", () => {
  test("answers what it makes of a value", () => {
    const validate = schemaValidator(z.object({ size: z.string().transform(Number) }));
    expect(validate({ size: "3", more: 1 })).toEqual({ ok: true, value: { size: 3 } });
  });

  test("answers issues with paths as people write them, twenty at most", () => {
    const validate = schemaValidator(
      z.object({ items: z.array(z.object({ name: z.string("must be a name") })) }),
    );
    expect(validate({ items: [{ name: "a" }, {}] })).toEqual({
      ok: false,
      issues: [{ path: "items[1].name", message: "must be a name" }],
    });
    const outcome = validate({ items: Array.from({ length: 1_000 }, () => ({})) });
    expect(outcome).toMatchObject({ ok: false });
    expect("issues" in outcome ? outcome.issues.length : 0).toBe(20);
  });

  test("is awaited from the first call on where its code is asynchronous", async () => {
    let runs = 0;
    const schema = z.string().refine(async (text) => {
      runs++;
      return text !== "taken";
    }, "is taken");
    const validate = schemaValidator(schema);
    const first = validate("free");
    expect(first).toBeInstanceOf(Promise);
    expect(await first).toEqual({ ok: true, value: "free" });
    const before = runs;
    expect(await validate("taken")).toEqual({ ok: false, issues: [{ path: "", message: "is taken" }] });
    expect(runs).toBe(before + 1);
  });

  test("lets what its code throws through", () => {
    const validate = schemaValidator(
      z.string().refine(() => {
        throw new RangeError("broken");
      }),
    );
    expect(() => validate("x")).toThrow(RangeError);
  });
});

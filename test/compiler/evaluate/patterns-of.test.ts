import { expect, test } from "bun:test";
import { z } from "zod";
import { writeSchema } from "../../../src/compiler/evaluate/child/schema-writer.ts";

function patternsOf(schema: z.ZodType): unknown {
  const written = writeSchema(schema);
  return written.ok ? written.patterns : written.problem;
}

test("patterns are found with flags, place and what bounds their texts", () => {
  const schema = z.object({
    a: z
      .string()
      .max(10)
      .regex(/^a*a*$/),
    b: z.array(z.string().regex(/^b/)).optional(),
  });
  expect(patternsOf(schema)).toEqual([
    { source: "^b", flags: "", path: ["b", "[]"], maxLength: null },
    { source: "^a*a*$", flags: "", path: ["a"], maxLength: 10 },
  ]);
});

test("a length bounds nothing where Zod itself runs, or where there are several patterns", () => {
  expect(patternsOf(z.string().max(10).regex(/x/i))).toEqual([
    { source: "x", flags: "i", path: [], maxLength: null },
  ]);
  const several = z.string().max(10).regex(/x/).regex(/y/);
  expect(patternsOf(several)).toEqual([
    { source: "x", flags: "", path: [], maxLength: null },
    { source: "y", flags: "", path: [], maxLength: null },
  ]);
});

test("patterns inside records, unions, recursion, formats and templates are found", () => {
  const node = z.object({
    name: z.email({ pattern: /^(a+)+@/ }),
    get children() {
      return z.array(node);
    },
  });
  const sources = JSON.stringify([
    patternsOf(node),
    patternsOf(z.record(z.string().regex(/^key/), z.union([z.string().regex(/^one/), z.null()]))),
    patternsOf(z.templateLiteral(["v", z.number()])),
    patternsOf(z.stringFormat("own", /^own/)),
    patternsOf(z.string().regex(/^nul/).nullable().default("nul")),
    patternsOf(
      z
        .string()
        .regex(/^before/)
        .transform((text) => text),
    ),
  ]);
  for (const source of ["^(a+)+@", "^key", "^one", "^v", "^own", "^nul", "^before"]) {
    expect(sources).toContain(JSON.stringify(source).slice(1, -1));
  }
});

test("a pattern is found once, however its schema was made", () => {
  expect(
    patternsOf(z.object({ a: z.string().regex(/^a/).max(10).describe("A").optional(), b: z.string() })),
  ).toEqual([{ source: "^a", flags: "", path: ["a"], maxLength: 10 }]);
});

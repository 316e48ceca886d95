import { describe, expect, test } from "bun:test";
import { readSourceFile } from "../../../src/compiler/locate/source-file.ts";
import type { Suspect } from "../../../src/compiler/locate/suspects.ts";

/** Text of the call that is found at a mark `¦` in a source, which the mark is no part of. */
function callAtMark(marked: string, path = "gateway.config.ts"): string | undefined {
  const source = marked.replace("¦", "");
  const before = marked.slice(0, marked.indexOf("¦")).split("\n");
  const call = readSourceFile(path, source)?.callAt(before.length, (before.at(-1)?.length ?? 0) + 1);
  return call && source.slice(call.start ?? 0, call.end ?? 0);
}

function constantIn(source: string, name: string): string | undefined {
  const value = readSourceFile("a.ts", source)?.valueOf(name);
  return value && source.slice(value.start ?? 0, value.end ?? 0);
}

describe("what may be the reason of a failure", () => {
  const source = `import { a } from "a";
const b = await a();
for (;;) if (b) break;
for (let i = 0; i < 3; i++) a();
while (true) a();
while (a()) b();
do a(); while (1);
do a(); while (0);
async function f() { await a(); for await (const c of a()) throw c; }
class C { static d = await a(); async e() { await a(); } }
throw new Error("x");
throw "x";
throw a();`;
  const lines = (kind: Suspect): unknown[] =>
    (readSourceFile("a.ts", source)?.suspects(kind) ?? []).map(({ loc }) => loc?.start.line);

  test("are loops without a condition, and awaits outside of functions", () => {
    expect(lines("loop")).toEqual([3, 5, 7]);
    expect(lines("await")).toEqual([2, 10]);
  });

  test("are throws of what has no stack text", () => {
    expect(lines("throw")).toEqual([9, 12, 13]);
  });
});

describe("the call at a place", () => {
  test.each<[string, string, string | undefined]>([
    ["a callee's name", "const a = ¦key({});", "key({})"],
    ["a method's name", 'approval.¦by("owner")', 'approval.by("owner")'],
    ["the last of chained methods", "z.object({}).¦min(1)", "z.object({}).min(1)"],
    ["the first of chained methods", "z.¦object({}).min(1)", "z.object({})"],
    ["a call of an optional method", "a?.¦b(1)", "a?.b(1)"],
    ["a construction's start", "const a = ¦new Maker(1);", "new Maker(1)"],
    ["a constructor's name", "const a = new ¦Maker(1);", "new Maker(1)"],
    ["a template's tag", "prompt.¦user`hello`", "prompt.user`hello`"],
    ["a call inside another one's argument", "a({ b: ¦c(1) })", "c(1)"],
    ["the innermost call around anything else", "outer(inner({ a: ¦1 }))", "inner({ a: 1 })"],
    ["the call around a place on another line", "outer({\n  a: ¦1,\n})", "outer({\n  a: 1,\n})"],
    ["nothing outside all calls", "const a = ¦1; f();", undefined],
    ["nothing behind a call", "f(); ¦a;", undefined],
  ])("%s", (_, marked, call) => {
    expect(callAtMark(marked)).toBe(call);
  });

  test.each<[string, string, string]>([
    ["JSX in its own kind of file", "config.tsx", "const a = <b>{¦f()}</b>;"],
    ["type assertions in angle brackets", "config.ts", "const a = <Foo>¦f();"],
    ["decorators", "config.ts", "@sealed class A { b = ¦f(); }"],
    ["resources", "config.ts", "using a = ¦f();"],
    ["enums and namespaces", "config.mts", "enum A { B = 1 } namespace C { export const d = ¦f(); }"],
    ["what only a checker would refuse", "config.ts", "const a = 1; const a = ¦f();"],
  ])("is found beside %s", (_, path, marked) => {
    expect(callAtMark(marked, path)).toBe("f()");
  });

  test("is not looked for in what cannot be parsed", () => {
    expect(readSourceFile("a.ts", "const = = {")).toBeUndefined();
  });
});

describe("what a name stands for", () => {
  test.each<[string, string, string | undefined]>([
    ["a constant", "const a = [1];", "[1]"],
    ["an exported constant", "export const a = { b: 1 } as const;", "{ b: 1 } as const"],
    ["a constant inside a function", "function f() { const a = 1; return a; }", "1"],
    ["a variable", "let a = 1;", undefined],
    ["a constant without a value", "declare const a: number;", undefined],
    ["a name taken out of an object", "const { a } = b;", undefined],
    ["a name taken out of a list", "const [a] = b;", undefined],
    ["an imported name", 'import { a } from "./b.ts";', undefined],
    ["a default import", 'import a from "./b.ts";', undefined],
    ["a function", "function a() {}", undefined],
    ["a class", "class a {}", undefined],
    ["an enum", "enum a { b }", undefined],
    ["a name that is also a parameter", "const a = 1; const f = (a: number) => a;", undefined],
    ["a name that is also a method's parameter", "const a = 1; const o = { m(a: number) {} };", undefined],
    ["a name that is also caught", "const a = 1; try {} catch (a) {}", undefined],
    ["a name that is bound in two scopes", "const a = 1; { const a = 2; }", undefined],
    ["a name that is not there", "const b = 1;", undefined],
  ])("%s", (_, source, value) => {
    expect(constantIn(source, "a")).toBe(value);
  });

  test("is nothing for a name that every object inherits", () => {
    expect(constantIn("const b = 1;", "constructor")).toBeUndefined();
  });
});

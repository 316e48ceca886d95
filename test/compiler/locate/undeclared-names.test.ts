import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readSourceFile } from "../../../src/compiler/locate/source-file.ts";

/** Names with line and column of their first use, from 1. */
function undeclared(text: string, path = "config.ts"): readonly string[] {
  const found = readSourceFile(path, text)?.undeclared() ?? new Map<string, never>();
  return [...found].map(
    ([name, { loc }]) => `${name} ${loc?.start.line}:${(loc?.start.column ?? Number.NaN) + 1}`,
  );
}

describe("a name is undeclared", () => {
  test.each([
    ["f(x);\nf(y, x)", ["f 1:1", "x 1:3", "y 2:3"]],
    ["const a = { b: c, d, [e]: 1, ...g }", ["c 1:16", "d 1:19", "e 1:23", "g 1:33"]],
    ["const a = {}; a.b[c].d?.[e]", ["c 1:19", "e 1:26"]],
    [`const a = \`\${b}\`; const c = b\`\``, ["b 1:14"]],
    ["const f = (a = b) => a; const c = () => a", ["b 1:16", "a 1:41"]],
    ["function f({ a: b, ...c }: T) { return [a, b, c] }", ["a 1:41"]],
    [
      "const a = b as T; const c = d satisfies T; const e = g!; <T>h",
      ["b 1:11", "d 1:29", "g 1:54", "h 1:61"],
    ],
    ["class A extends B { c = d; static e() { return e } }", ["B 1:17", "d 1:25", "e 1:48"]],
    ["export default defineGateway({})", ["defineGateway 1:16"]],
    ["const { a = b } = {}; const [c = d] = []", ["b 1:13", "d 1:34"]],
    ["x = 1", ["x 1:1"]],
    ["class A { #b = 1 } interface C {} type D = 1; [b, C, D]", ["b 1:48", "C 1:51", "D 1:54"]],
    ["export const a = import(b)", ["b 1:25"]],
  ])("in %s", (text, names) => {
    expect(undeclared(text)).toEqual(names);
  });
});

describe("a name is declared", () => {
  test.each([
    'import a, { b as c, type D } from "e" with { type: "json" }; import * as f from "g"; [a, c, f]',
    'export { a as b } from "c"; export * as d from "e"; export * from "f"',
    "const a = 1; export { a as b }",
    "f(a); function f(b) { return [b, arguments, c]; } var a; { var c }",
    "const f = function g(a) { return a > 1 ? g(a - 1) : 1 }; f",
    "for (const a of []) for (let b = 0; b < a; b++) for (var c in {}) [a, b, c]",
    "try {} catch ({ message }) { message } try {} catch {}",
    "const { a, b: { c }, ...d } = {}; const [e, [g = 1], ...h] = []; [a, c, d, e, g, h]",
    "outer: for (;;) { continue outer; break outer }",
    "class A { #b = 1; c() { return this.#b + A.d } static d = new A(); accessor e = 1 }",
    "enum A { B = 1, C = B } namespace D { export const e = 1 } [A.C, D.e]",
    "type A<B> = B extends infer C ? C : D; interface E extends F<G> { h: I } let j: K.L<typeof m>; j",
    "const f = <A extends B>(c: A, d?: E): c is F => g<H>(c); function g<I>(j: I): I; function g(j) { return j } f",
    "class A implements B { constructor(private c: D, readonly e = 1) { [c, e] } }",
    "declare const a: string; declare function b(): void; [a]",
    "const a = typeof b === 'undefined' ? 1 : b",
    "[undefined, NaN, Infinity, console, process, Bun, globalThis, URL, require, module, __dirname]",
    "import.meta.url; new.target",
    "const o = { a: 1, b() { return 1 }, get c() { return 1 }, 'd': 1 }; o.a; o?.b()",
    "switch (1) { case 1: const a = 1; default: a }",
  ])("in %s", (text) => {
    expect(undeclared(text)).toEqual([]);
  });

  test("in every source file of this package", () => {
    const root = join(import.meta.dir, "../../..");
    const files = ["src/compiler", "sdk"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => join(root, folder, name)),
    );
    expect(files.length).toBeGreaterThan(100);
    const found = files.map((path) => [path, undeclared(readFileSync(path, "utf8"), path)] as const);
    expect(found.filter(([, names]) => names.length > 0)).toEqual([]);
  }, 60_000);
});

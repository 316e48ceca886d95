import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { PromptPart } from "../../src/artifact/schema/prompt.ts";
import { renderPrompt } from "../../src/runtime/endpoint/render-prompt.ts";

const render = (parts: readonly PromptPart[], input: unknown) =>
  renderPrompt([{ role: "user", parts: [...parts] }], input)[0]?.content;
const value = (...path: string[]): PromptPart => ({ kind: "value", variable: 0, path });

describe("a rendered prompt", () => {
  test("puts values in as they are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(render(["<", value("text"), ">"], { text })).toBe(`<${text}>`);
      }),
    );
    expect(render([value("a"), " ", value("b"), " ", value("c")], { a: 1.5, b: false })).toBe("1.5 false ");
  });

  test("repeats lists, nested ones too", () => {
    const parts: PromptPart[] = [
      {
        kind: "list",
        variable: 0,
        path: ["rows"],
        binds: 1,
        separator: "; ",
        parts: [
          { kind: "value", variable: 1, path: ["name"] },
          ":",
          {
            kind: "list",
            variable: 1,
            path: ["cells"],
            binds: 2,
            separator: ",",
            parts: [{ kind: "value", variable: 2, path: [] }, value("unit")],
          },
        ],
      },
    ];
    expect(
      render(parts, {
        unit: "€",
        rows: [
          { name: "a", cells: [1, 2] },
          { name: "b", cells: [] },
        ],
      }),
    ).toBe("a:1€,2€; b:");
  });

  test("shows optional parts only for values that are there", () => {
    const parts: PromptPart[] = [
      {
        kind: "optional",
        variable: 0,
        path: ["hint"],
        binds: 1,
        parts: ["Hint: ", { kind: "value", variable: 1, path: [] }],
        otherwise: ["none"],
      },
    ];
    expect(render(parts, { hint: "x" })).toBe("Hint: x");
    expect(render(parts, { hint: "" })).toBe("Hint: ");
    expect(render(parts, { hint: null })).toBe("none");
    expect(render(parts, {})).toBe("none");
  });

  test("writes JSON", () => {
    expect(render([{ kind: "json", variable: 0, path: ["data"] }], { data: { a: [1, "ü"] } })).toBe(
      '{"a":[1,"ü"]}',
    );
  });

  test("reaches no prototype", () => {
    expect(
      render([value("constructor", "name"), value("__proto__", "x"), value("text", "length")], {
        text: "abc",
      }),
    ).toBe("");
  });
});

import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { KeyEffect } from "../../../src/compiler/diff/key-effects.ts";
import { groupKeys } from "../../../src/compiler/diff/key-groups.ts";
import { markdownBlock, markdownText } from "../../../src/compiler/diff/markdown-text.ts";
import type { ChangePlan } from "../../../src/compiler/diff/plan-change.ts";
import { type Change, createReport } from "../../../src/compiler/diff/plan-report.ts";
import { renderKeys } from "../../../src/compiler/diff/render-keys.ts";
import { renderMarkdown } from "../../../src/compiler/diff/render-markdown.ts";

const ends = { before: "111111111111", after: "222222222222" };
const none = { models: [], endpoints: [], backends: [] };

const key = (name: string, fields: Partial<KeyEffect> = {}): KeyEffect => ({
  ...{ key: name, tenant: "shop", app: "checkout", issued: false, change: null },
  ...{ gains: none, loses: none, limits: [], breaks: [] },
  ...fields,
});

const change = (subject: string, message: string, fields: Partial<Change> = {}): Change => ({
  ...{ kind: "kind", subject, message, effect: "breaking" },
  ...fields,
});

const plan = (changes: readonly Change[], keys: readonly KeyEffect[] = []): ChangePlan => ({
  ...createReport(changes),
  keys,
});

describe("a plan in Markdown", () => {
  test("has a section for each effect, details that open, and a table of keys", () => {
    const text = renderMarkdown(
      plan(
        [
          change("model fast", "removed", { details: ["a", "b"] }),
          change("key shop/checkout/main", "may now call model slow", { effect: "widening" }),
        ],
        [
          key("shop/checkout/main", { gains: { ...none, models: ["slow"] } }),
          key("shop/checkout/other", { gains: { ...none, models: ["slow"] } }),
          key("abcdefabcdef", { issued: true, change: "removed", breaks: ["model fast: removed"] }),
        ],
      ),
      ends,
    );
    expect(text).toBe(`## Latchkey plan: breaking

\`111111111111\` → \`222222222222\`, 2 changes: 1 breaking, 1 widening

### Breaking: what worked may stop working

- **model fast**: removed
  <details><summary>2 lines</summary>

  \`\`\`text
  a
  b
  \`\`\`

  </details>

### Widening: someone may reach, use or spend more

- **key shop/checkout/main**: may now call model slow

<details><summary>3 keys are concerned</summary>

| key | gains | loses | limits | may break |
| --- | --- | --- | --- | --- |
| shop/checkout/main, shop/checkout/other | model slow |  |  |  |
| shop/checkout: abcdefabcdef (removed) |  |  |  | model fast: removed |

</details>
`);
  });

  test("says so where nothing changes, and where there was nothing before", () => {
    expect(renderMarkdown(plan([]), { ...ends, before: null })).toBe(
      "## Latchkey plan: no change in effect\n\n`nothing` → `222222222222`\n",
    );
  });

  test("shows what stands in it as it is: no markup, no mention, no reference, no link", () => {
    expect(markdownText("**a** `b` [c](d) <img src=x> e_f_g | h")).toBe(
      "\\*\\*a\\*\\* \\`b\\` \\[c\\](d) \\<img src=x\\> e\\_f\\_g \\| h",
    );
    expect(markdownText("ask @team in #12 or https://x.example and www.x.example")).toBe(
      "ask @<!-- -->team in #<!-- -->12 or https:<!-- -->//x.example and www<!-- -->.x.example",
    );
    expect(markdownText("a\nb\u202ec")).toBe("a␊b\\<U+202E\\>c");
  });

  test("never lets what stands in it out of its line, its cell or its block", () => {
    const wild = fc.string({
      unit: fc.constantFrom("`", "|", "\n", "<", ">", "@", "#", "*", "a", "\\", " ", "~"),
    });
    fc.assert(
      fc.property(wild, fc.array(wild, { maxLength: 4 }), (text, details) => {
        const shown = markdownText(text);
        expect(shown).not.toMatch(/\n|@[a-z]|#[a-z]/);
        expect(shown.replaceAll(/\\[\\`*_[\]<>|~&$!]|<!-- -->/g, "")).not.toMatch(/[\\`*_[\]<>|~&$!]/);
        const [fence = "", ...block] = markdownBlock(details, "");
        const end = block.pop();
        expect(block).toHaveLength(details.length);
        expect(fence).toBe(`${end}text`);
        for (const line of block) expect(line).not.toStartWith(end ?? "");
      }),
    );
  });

  test("goes into one comment however much changes, and says what it leaves out", () => {
    const names = Array.from({ length: 3_000 }, (_, at) => `name-${at}`);
    const text = renderMarkdown(
      plan(
        names.map((name) => change(name, "removed", { details: names.slice(0, 100) })),
        names.map((name) => key(name, { breaks: [`model ${name}: removed`] })),
      ),
      ends,
    );
    expect(text.length).toBeLessThan(65_000);
    expect(text).toMatch(/… 2,9\d\d more changes: `latchkey plan --verbose`/);
    expect(text).toMatch(/… 2,\d{3} more keys: `latchkey plan --verbose`/);
    expect(text).toContain("… 60 more lines");
  });
});

describe("keys that a change concerns", () => {
  const effects = [
    key("shop/a/one", { limits: ["app shop/a: limit none → 5"] }),
    key("shop/a/two", { limits: ["app shop/a: limit none → 5"] }),
    key("shop/b/one", { breaks: ["endpoint x v1: status published → retired"] }),
    key("shop/c/one", { gains: { ...none, models: ["fast"] } }),
  ];

  test("are told together where they are told the same, unless it is only what they gain or lose", () => {
    expect(groupKeys(effects).map(({ keys }) => keys.length)).toEqual([2, 1, 1]);
    expect(renderKeys(effects, { colour: false, verbose: false })).toBe(`Keys whose calls this concerns
  shop/a/one, shop/a/two
      app shop/a: limit none → 5
  shop/b/one
      may break: endpoint x v1: status published → retired
`);
    expect(renderKeys(effects.slice(3), { colour: false, verbose: false })).toBe("");
  });

  test("are counted where there are many", () => {
    const many = Array.from({ length: 30 }, (_, at) => key(`k${at}`, { breaks: [`model m${at}: removed`] }));
    expect(renderKeys(many, { colour: false, verbose: false })).toContain("… 20 more keys (--verbose)");
    expect(renderKeys(many, { colour: false, verbose: true })).toContain("model m29: removed");
  });
});

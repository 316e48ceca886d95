import { describe, expect, test } from "bun:test";
import { type Change, createReport } from "../../../src/compiler/diff/plan-report.ts";
import { renderPlan } from "../../../src/compiler/diff/render-plan.ts";

const plain = { colour: false, verbose: false };
const change = (parts: Partial<Change> = {}): Change => ({
  kind: "access-gained",
  subject: "key shop/checkout/production",
  effect: "widening",
  message: "may now call model fast",
  ...parts,
});
const render = (changes: readonly Change[], verbose = false): string =>
  renderPlan(createReport(changes), { colour: false, verbose });

describe("renderPlan", () => {
  test("shows the worst first and counts at the end", () => {
    const text = render([
      change(),
      change({
        effect: "safe",
        subject: "endpoint sentiment v1",
        message: "prompt changed",
        details: ["- user: a", "+ user: b"],
      }),
      change({ effect: "breaking", subject: "model smart", message: "removed" }),
      change({
        effect: "breaking",
        subject: "10,000 keys of shop/checkout",
        message: "may no longer call model smart",
      }),
    ]);
    expect(text).toBe(`Breaking: what worked may stop working
  - 10,000 keys of shop/checkout: may no longer call model smart
  - model smart: removed

Widening: someone may reach, use or spend more
  + key shop/checkout/production: may now call model fast

Safe
  ~ endpoint sentiment v1: prompt changed
      - user: a
      + user: b

4 changes: 2 breaking, 1 widening, 1 safe
`);
  });

  test("says so where nothing changes", () => {
    expect(render([])).toBe("No change in effect\n");
  });

  test("shortens details unless it is asked for all", () => {
    const details = Array.from({ length: 9 }, (_, at) => `line ${at}`);
    const long = "x".repeat(500);
    expect(render([change({ details })])).toContain("      line 5\n      … 3 more lines (--verbose)\n");
    expect(render([change({ details })], true)).toContain("      line 8\n\n1 change: 1 widening\n");
    expect(render([change({ details: [long] })])).toContain(`${"x".repeat(159)}…\n`);
    expect(render([change({ details: [long] })], true)).toContain(long);
  });

  test("shortens long lists unless it is asked for all", () => {
    const many = Array.from({ length: 30 }, (_, at) => change({ subject: `key ${at}` }));
    expect(render(many)).toContain("\n  … 5 more changes (--verbose)\n\n30 changes: 30 widening\n");
    expect(render(many, true).match(/ {2}\+ key/g)).toHaveLength(30);
  });

  test("cannot be made to use the terminal", () => {
    const text = render([change({ subject: "key \u001b[2J", message: "a\nb", details: ["\u202ec"] })]);
    expect(text).toContain("key ␛[2J: a␊b\n      <U+202E>c\n");
  });

  test("colours the same text", () => {
    const report = createReport([change({ details: ["more"] }), change({ effect: "breaking" })]);
    const coloured = renderPlan(report, { colour: true, verbose: false });
    expect(coloured).toContain("\u001b[1;31mBreaking");
    expect(Bun.stripANSI(coloured)).toBe(renderPlan(report, plain));
  });
});

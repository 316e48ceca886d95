import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Finding, foldFindings, type SubjectNoun } from "../../../src/compiler/diff/finding.ts";

const found = (
  noun: SubjectNoun,
  path: readonly string[],
  message = "added",
  details?: string[],
): Finding => ({
  kind: "kind",
  noun,
  path,
  effect: "safe",
  message,
  ...(details === undefined ? {} : { details }),
});
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const subjects = (findings: readonly Finding[]): readonly string[] =>
  foldFindings(findings).map(({ subject, count }) =>
    count === undefined ? subject : `${subject} (${count})`,
  );

describe("findings that say the same", () => {
  test.each<[string, readonly Finding[], readonly string[]]>([
    ["the gateway itself", [found("gateway", [])], ["gateway"]],
    [
      "three subjects",
      numbers(3).map((at) => found("model", [`m${at}`])),
      ["model m0", "model m1", "model m2"],
    ],
    ["four subjects", numbers(4).map((at) => found("model", [`m${at}`])), ["4 models (4)"]],
    ["the same subject again", numbers(9).map(() => found("target", ["oai a"])), ["target oai a"]],
    [
      "four keys of one application",
      numbers(4).map((at) => found("key", ["t", "a", `${at}`])),
      ["4 keys of t/a (4)"],
    ],
    [
      "keys of two applications",
      [found("key", ["t", "b", "only"]), ...numbers(4).map((at) => found("key", ["t", "a", `${at}`]))],
      ["key t/b/only", "4 keys of t/a (4)"],
    ],
    [
      "keys of many applications",
      numbers(8).map((at) => found("key", ["t", `a${at % 4}`, `${at}`])),
      ["8 keys of 4 apps (8)"],
    ],
    ["applications of one tenant", numbers(5).map((at) => found("app", ["t", `${at}`])), ["5 apps of t (5)"]],
    [
      "applications of many tenants",
      numbers(5).map((at) => found("app", [`t${at}`, "a"])),
      ["5 apps of 5 tenants (5)"],
    ],
  ])("%s", (_, findings, expected) => {
    expect(subjects(findings)).toEqual(expected);
  });

  test("are kept apart by what they are and by details", () => {
    const groups = [
      found("app", ["a"]),
      found("model", ["a"]),
      found("app", ["b"], "removed"),
      found("app", ["c"], "added", ["x"]),
    ];
    expect(
      subjects(groups.flatMap((finding) => numbers(4).map((at) => ({ ...finding, path: ["p", `${at}`] })))),
    ).toHaveLength(4);
  });

  test("share details that say the same, and add the names of their subjects", () => {
    const [change] = foldFindings(numbers(4).map((at) => found("model", [`m${at}`], "added", ["x"])));
    expect(change?.details).toEqual(["x", "m0", "m1", "m2", "m3"]);
  });

  test("list no more than twenty names", () => {
    const [change] = foldFindings(numbers(1_021).map((at) => found("model", [`m${at}`])));
    expect(change?.details).toHaveLength(21);
    expect(change?.details?.at(-1)).toBe("and 1,001 more");
  });

  test("count every subject once, whatever shares a line", () => {
    const path = fc.tuple(
      fc.constantFrom("t", "u"),
      fc.constantFrom("a", "b", "c"),
      fc.constantFrom("1", "2", "3"),
    );
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const changes = foldFindings(paths.map((names) => found("key", names)));
        const counted = changes.reduce((sum, { count = 1 }) => sum + count, 0);
        expect(counted).toBe(new Set(paths.map((names) => names.join("/"))).size);
      }),
    );
  });
});

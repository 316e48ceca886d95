import { expect, test } from "bun:test";
import { lifecycleLines } from "../../src/runtime/lifecycle-lines.ts";

const dated = {
  deprecatedAtMs: 1_700_000_000_999,
  sunsetAtMs: 1_800_000_000_000,
  successorPath: "/api/tag/v2",
};
const undated = { deprecatedAtMs: null, sunsetAtMs: null, successorPath: null };

test.each(["deprecated", "retired"] as const)(
  "a %s version says since when, until when and what follows",
  (status) => {
    expect(lifecycleLines({ status, ...dated })).toBe(
      [
        "deprecation: @1700000000",
        "sunset: Fri, 15 Jan 2027 08:00:00 GMT",
        `link: </api/tag/v2>; rel="successor-version"`,
        "",
      ].join("\r\n"),
    );
  },
);

test("a version that nobody has dated does not make up a date", () => {
  expect(lifecycleLines({ status: "retired", ...undated })).toBe("");
  expect(lifecycleLines({ ...dated, status: "retired", deprecatedAtMs: null })).not.toContain("deprecation:");
});

test.each(["draft", "published"] as const)("a %s version says nothing", (status) => {
  expect(lifecycleLines({ status, ...dated })).toBe("");
});

test("a successor's path cannot begin a line of its own", () => {
  const lines = lifecycleLines({ status: "retired", ...undated, successorPath: "/a\r\nset-cookie: b" });
  expect(lines.split("\r\n")).toHaveLength(2);
});

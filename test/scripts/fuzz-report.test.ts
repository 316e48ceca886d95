import { expect, test } from "bun:test";
import { failedTests, failureLines } from "../../scripts/fuzz-report.ts";

const report = `bun test v1.4.5

test/a.test.ts:
(pass) is well [0.10ms]
error: Property failed after 3 tests
{ seed: 7, path: "2:0", endOnFailure: true }
(fail) numbers > are told apart [12.34ms]
(fail) never ends [2.10s]

test/deep/b.test.ts:
(fail) words [with brackets]

3 tests failed:
(fail) numbers > are told apart [12.34ms]
(fail) never ends [2.10s]
(fail) words [with brackets]

 1 pass
 3 fail
`;

test("failures are found with their files, each once", () => {
  expect(failedTests(report)).toEqual([
    { file: "test/a.test.ts", tests: ["numbers > are told apart", "never ends"] },
    { file: "test/deep/b.test.ts", tests: ["words [with brackets]"] },
  ]);
});

test("a report without a failure has none", () => {
  expect(failedTests("test/a.test.ts:\n(pass) is well [0.10ms]\n\n 1 pass\n 0 fail\n")).toEqual([]);
});

test("each failure can be seen again by one command", () => {
  expect(failureLines(-7, failedTests(report), [])).toEqual([
    "FUZZ_SEED=-7 npx bun test test/a.test.ts",
    "  numbers > are told apart",
    "  never ends",
    "FUZZ_SEED=-7 npx bun test test/deep/b.test.ts",
    "  words [with brackets]",
  ]);
});

test("a run that died is told as a whole", () => {
  expect(failureLines(7, [], ["test/a.test.ts", "test/b.test.ts"])).toEqual([
    "The run died: FUZZ_SEED=7 npx bun test test/a.test.ts test/b.test.ts",
  ]);
});

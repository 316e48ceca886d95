import { expect, test } from "bun:test";
import { pickContestants } from "../../bench/contestants/index.ts";
import { findQuestion, questions } from "../../bench/questions/index.ts";
import { BenchError } from "../../bench/support/bench-error.ts";
import { helpText, parseOptions } from "../../bench/support/options.ts";

test("without arguments the first question is asked of all contestants", () => {
  expect(parseOptions([])).toEqual({
    question: "passthrough",
    rounds: 5,
    seconds: 5,
    contestants: ["direct", "nginx", "gateway", "obvious-proxy"],
    streams: [100, 500],
    json: false,
    markdown: false,
    install: false,
    help: false,
  });
});

test("every option has its effect", () => {
  const line =
    "stream --rounds 7 --seconds 2 --contestants nginx,gateway --streams 10 --json --markdown --install --help";
  expect(parseOptions(line.split(" "))).toEqual({
    question: "stream",
    rounds: 7,
    seconds: 2,
    contestants: ["nginx", "gateway"],
    streams: [10],
    json: true,
    markdown: true,
    install: true,
    help: true,
  });
});

test.each(["--rounds 0", "--seconds 1.5", "--streams 100,", "--wat", "passthrough stream"])(
  "%p is refused",
  (line) => expect(() => parseOptions(line.split(" "))).toThrow(BenchError),
);

test("a contestant that does not exist is refused with the ones that do", () => {
  expect(() => pickContestants(["nginx", "apache"])).toThrow(
    'no contestant is called "apache"; there are direct,',
  );
});

test("contestants come in the order asked for", () => {
  expect(pickContestants(["obvious-proxy", "nginx"]).map(({ name }) => name)).toEqual([
    "obvious proxy",
    "nginx",
  ]);
});

test("questions have different names, can be found by them and stand in the help", () => {
  expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
  for (const question of questions) {
    expect(findQuestion(question.name)).toBe(question);
    expect(helpText()).toContain(question.summary);
  }
});

test("an unknown question is not found", () => expect(findQuestion("nothing")).toBeUndefined());

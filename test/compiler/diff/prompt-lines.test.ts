import { expect, test } from "bun:test";
import { promptLines } from "../../../src/compiler/diff/prompt-lines.ts";

test("a prompt reads like what its author wrote", () => {
  const lines = promptLines([
    {
      role: "system",
      parts: ["You rate texts in ", { kind: "value", variable: 0, path: ["language"] }, ".\nBe brief."],
    },
    {
      role: "user",
      parts: [
        { kind: "value", variable: 0, path: ["author", "name"] },
        ": ",
        { kind: "json", variable: 0, path: [] },
        {
          kind: "list",
          variable: 0,
          path: ["items"],
          binds: 1,
          separator: ", ",
          parts: ["- ", { kind: "value", variable: 1, path: ["title"] }],
        },
        {
          kind: "optional",
          variable: 0,
          path: ["hint"],
          binds: 1,
          parts: ["Hint: ", { kind: "value", variable: 1, path: [] }],
          otherwise: ["no hint"],
        },
      ],
    },
    { role: "assistant", parts: [] },
  ]);
  expect(lines).toEqual([
    "system: You rate texts in {language}.",
    "  Be brief.",
    'user: {author.name}: {json input}{each items as item1: - {item1.title} separated by ", "}{if hint as item1: Hint: {item1} | no hint}',
    "assistant: ",
  ]);
});

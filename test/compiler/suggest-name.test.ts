import { expect, test } from "bun:test";
import { suggestName } from "../../src/compiler/suggest-name.ts";

test("a name of the config language is to be imported", () => {
  expect(suggestName("rate", ["rates"])).toBe('write `import { rate } from "latchkey/config"`');
  expect(suggestName("z", ["x"])).toBe('write `import { z } from "zod"`');
});

test("a misspelled name of the config language that was not imported, too", () => {
  expect(suggestName("openAI", [])).toBe(
    'did you mean `openai`? Then write `import { openai } from "latchkey/config"`',
  );
  expect(suggestName("openAI", ["openai"])).toBe("did you mean `openai`?");
});

test("another one is a misspelling or to be declared", () => {
  expect(suggestName("fats", ["fast", "slow"])).toBe("did you mean `fast`?");
  expect(suggestName("fats", ["slow"])).toBe("declare `fats`, or import it");
  expect(suggestName("toString", [])).toBe("declare `toString`, or import it");
});

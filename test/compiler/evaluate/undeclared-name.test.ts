import { expect, test } from "bun:test";
import { undeclaredName } from "../../../src/compiler/evaluate/undeclared-name.ts";

test("the engine's own words name the variable", () => {
  for (const name of ["fats", "$", "_a1", "größe"]) {
    try {
      Function(`return ${name}`)();
      expect.unreachable();
    } catch (error) {
      const message = error instanceof Error ? error.message : "";
      expect(undeclaredName(message)).toEqual({ reference: name });
      expect(undeclaredName(`ReferenceError: ${message}`)).toEqual({ reference: name });
    }
  }
});

test.each(["the limit of a tenant is not defined yet", "a.b is not defined", "is not defined", ""])(
  "%p names none",
  (message) => {
    expect(undeclaredName(message)).toEqual({});
  },
);

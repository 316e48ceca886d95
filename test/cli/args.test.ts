import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { flag, option, parseArguments } from "../../src/cli/args.ts";

const flags = { strict: flag("fails"), since: option("TIME", "from when"), config: option("FILE", "which") };
const anyWords = { least: 0, most: 3 };
const parse = (...argv: string[]) => parseArguments(argv, flags, anyWords);

describe("parseArguments", () => {
  test("reads switches, options and words in any order", () => {
    const { flags: values, words } = parse("a", "--strict", "--since", "1h", "b", "--config=x.ts");
    expect(values).toEqual({ strict: true, since: "1h", config: "x.ts" });
    expect(words).toEqual(["a", "b"]);
  });

  test("has false and undefined for what was not given", () => {
    expect(parse().flags).toEqual({ strict: false, since: undefined, config: undefined });
  });

  test("takes the last of several values", () => {
    expect(parse("--since", "1h", "--since=2h").flags.since).toBe("2h");
  });

  test("takes everything behind -- as words", () => {
    expect(parse("--", "--strict", "-x").words).toEqual(["--strict", "-x"]);
  });

  test("takes a value that begins with a dash only after =", () => {
    expect(parse("--since=-1").flags.since).toBe("-1");
    expect(() => parse("--since", "-1")).toThrow("The flag --since needs a value: --since TIME");
  });

  test("sees that a value was forgotten before the next flag", () => {
    expect(() => parse("--since", "--strict")).toThrow("needs a value");
    expect(() => parse("--since")).toThrow("needs a value");
    expect(() => parse("--since=")).toThrow("needs a value");
  });

  test("refuses a value for a switch", () => {
    expect(() => parse("--strict=yes")).toThrow("The flag --strict takes no value");
  });

  test("suggests the flag that was meant", () => {
    expect(() => parse("--strct")).toThrow("There is no flag --strct; did you mean --strict?");
    expect(() => parse("--port=80")).toThrow("There is no flag --port: `PORT` in the environment says so");
    expect(() => parse("--zzzzzz")).toThrow(/There is no flag --zzzzzz$/);
    expect(() => parse("-s")).toThrow("There is no flag -s");
  });

  test("knows no flag by the names of an object's own parts", () => {
    expect(() => parse("--constructor")).toThrow("There is no flag --constructor");
    expect(() => parse("--__proto__=1")).toThrow("There is no flag --__proto__");
  });

  test("counts the words and does not repeat one in full", () => {
    const secret = "lk_live_0123456789abcdef";
    const tooMany = () => parseArguments(["a", secret], flags, { least: 0, most: 1 });
    expect(tooMany).toThrow("an argument too many");
    expect(tooMany).not.toThrow(new RegExp(secret));
    expect(() => parseArguments(["x"], flags, { least: 0, most: 0 })).toThrow(/too many: "x"$/);
    expect(() => parseArguments([], flags, { least: 1, most: 1 })).toThrow("An argument is missing");
  });

  test("answers LK-6103 or a result, whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("--since", "--strict", "--", "-"))),
        (argv) => {
          try {
            const { words } = parse(...argv);
            expect(words.length).toBeLessThanOrEqual(anyWords.most);
          } catch (thrown) {
            expect(thrown).toMatchObject({ code: "LK-6103" });
          }
        },
      ),
    );
  });
});

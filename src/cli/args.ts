import { parseArgs } from "node:util";
import { suggest } from "../compiler/suggest.ts";
import { LatchkeyError } from "../kernel/error.ts";

/** A flag without a value. */
export interface Switch {
  readonly type: "switch";
  readonly help: string;
}

/** A flag with a value. */
export interface Option {
  readonly type: "option";
  /** How its value is called in the help, such as `FILE`. */
  readonly value: string;
  readonly help: string;
}

/** The flags of a command by their names without dashes. */
export type FlagTable = Readonly<Record<string, Switch | Option>>;

/** What was given: switches are false and options undefined where they were not. */
export type FlagValues<Flags extends FlagTable> = {
  readonly [Name in keyof Flags]: Flags[Name]["type"] extends "switch" ? boolean : string | undefined;
};

/** How many words a command takes besides its flags. */
export interface WordCount {
  readonly least: number;
  readonly most: number;
}

/** A command line, understood. */
export interface Arguments<Flags extends FlagTable> {
  readonly flags: FlagValues<Flags>;
  readonly words: readonly string[];
}

/** Declares a switch. */
export function flag(help: string): Switch {
  return { type: "switch", help };
}

/** Declares an option; `value` names its value in the help. */
export function option<const Value extends string>(value: Value, help: string): Option {
  return { type: "option", value, help };
}

/**
 * Reads a command's arguments. An option given twice has its last value.
 * @throws LatchkeyError LK-6103 for unknown flags, missing or unexpected values and too few or too many words.
 */
export function parseArguments<Flags extends FlagTable>(
  argv: readonly string[],
  flags: Flags,
  words: WordCount,
): Arguments<Flags> {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(flags).map(([name, { type }]) => [
        name,
        { type: type === "switch" ? "boolean" : "string" },
      ]),
    ),
  });
  const values: Record<string, string | boolean | undefined> = {};
  for (const [name, { type }] of Object.entries(flags)) values[name] = type === "switch" ? false : undefined;
  for (const token of tokens) {
    if (token.kind === "option") values[token.name] = readFlag(token, flags);
  }
  checkWords(positionals, words);
  return { flags: values as FlagValues<Flags>, words: positionals };
}

/** The error of a command line that is not understood. */
export function usageError(message: string): LatchkeyError {
  return new LatchkeyError("LK-6103", message);
}

/** `; did you mean X?` where one of the names is close, or nothing. */
export function didYouMean(wrong: string, names: Iterable<string>, prefix = ""): string {
  const close = suggest(wrong, names);
  return close === undefined ? "" : `; did you mean ${prefix}${close}?`;
}

interface FlagToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readFlag({ name, rawName, value, inlineValue }: FlagToken, flags: FlagTable): string | boolean {
  const declared = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (declared === undefined)
    throw usageError(
      `There is no flag ${rawName}${inEnvironment(name) ?? didYouMean(name, Object.keys(flags), "--")}`,
    );
  if (declared.type === "switch") {
    if (value !== undefined) throw usageError(`The flag ${rawName} takes no value`);
    return true;
  }
  // `--port --json` is a forgotten value; one that begins with a dash is given as `--port=-x`.
  const forgotten = value === undefined || (inlineValue !== true && value.startsWith("-") && value !== "-");
  if (forgotten || value === "")
    throw usageError(`The flag ${rawName} needs a value: ${rawName} ${declared.value}`);
  return value;
}

/** What other programs take as a flag, and this one from the environment. */
function inEnvironment(name: string): string | undefined {
  if (name !== "port" && name !== "host") return undefined;
  return `: \`${name.toUpperCase()}\` in the environment says so`;
}

function checkWords(words: readonly string[], { least, most }: WordCount): void {
  const extra = words[most];
  // Not quoted in full: it may be something that should not be repeated on a screen, such as a key.
  const shown = extra !== undefined && extra.length > 8 ? `${extra.slice(0, 8)}…` : extra;
  if (shown !== undefined) throw usageError(`There is an argument too many: "${shown}"`);
  if (words.length < least) throw usageError("An argument is missing");
}

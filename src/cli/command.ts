import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  type Arguments,
  didYouMean,
  type FlagTable,
  flag,
  option,
  parseArguments,
  usageError,
  type WordCount,
} from "./args.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { Ui } from "./ui.ts";

const CONFIG_NAME = "gateway.config.ts";

/** Flags that every command takes. */
const commonFlags = {
  config: option("FILE", `the config or its folder, default ${CONFIG_NAME}`),
  json: flag("JSON on stdout, for machines"),
  help: flag("this text"),
} as const satisfies FlagTable;

/** What a command works with. */
export interface CommandContext {
  readonly io: Io;
  readonly ui: Ui;
  /** Absolute path of the config. */
  readonly configFile: string;
  /** Folder of the config: state is kept in its `.latchkey`. */
  readonly root: string;
}

/** How a command is declared; its name and summary are in `commands/index.ts`. */
export interface CommandDefinition<Flags extends FlagTable> {
  /** Its words in the usage line, such as `[HASH]`; empty for none. */
  readonly usage: string;
  readonly words: WordCount;
  readonly flags: Flags;
  /** Lines below the flags in its help. */
  readonly notes?: readonly string[];
  readonly run: (given: Arguments<Flags>, context: CommandContext) => Promise<ExitCode>;
}

/** How a command is called, for its help. */
export interface CommandTitle {
  readonly name: string;
  /** One sentence without a full stop. */
  readonly summary: string;
}

/** A command that can be run. */
export interface Command {
  readonly run: (argv: readonly string[], title: CommandTitle, io: Io, ui: Ui) => Promise<ExitCode>;
}

/** Makes a command of its declaration: its flags are read, `--help` is answered and the config's path found. */
export function defineCommand<const Flags extends FlagTable>(definition: CommandDefinition<Flags>): Command {
  const flags: FlagTable = { ...definition.flags, ...commonFlags };
  return {
    async run(argv, title, io, ui) {
      if (asksForHelp(argv)) return showHelp(helpOf(definition, flags, title), ui);
      const given = parseArguments(argv, flags, definition.words);
      const config = given.flags["config"];
      const configFile = findConfig(io.cwd, typeof config === "string" ? config : CONFIG_NAME);
      const context = { io, ui, configFile, root: dirname(configFile) };
      return definition.run(given as Arguments<Flags>, context);
    },
  };
}

/** The config's path; a folder stands for the config in it. */
function findConfig(cwd: string, given: string): string {
  const path = resolve(cwd, given);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, CONFIG_NAME) : path;
}

/** A command whose first word is one of several commands. */
export function defineGroup(
  members: Readonly<Record<string, Command & { readonly summary: string }>>,
): Command {
  return {
    async run(argv, title, io, ui) {
      const [word = "", ...rest] = argv;
      const member = Object.hasOwn(members, word) ? members[word] : undefined;
      if (member !== undefined) {
        const memberTitle = { name: `${title.name} ${word}`, summary: member.summary };
        return member.run(rest, memberTitle, io, ui);
      }
      if (asksForHelp(argv)) return showHelp(groupHelp(members, title), ui);
      const names = Object.keys(members);
      const which = `\`latchkey ${title.name}\` takes one of ${names.join(", ")}`;
      throw usageError(word === "" ? which : `${which}, not "${word.slice(0, 8)}"${didYouMean(word, names)}`);
    },
  };
}

/** Prints a help text. */
export function showHelp(help: string, ui: Ui): ExitCode {
  ui.out.line(help);
  ui.data({ help });
  return exitCodes.ok;
}

/** Two columns of text: names, and what they mean. */
export function columns(rows: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

function flagRow([name, declared]: readonly [string, FlagTable[string]]): readonly [string, string] {
  return [`--${name}${declared.type === "option" ? ` ${declared.value}` : ""}`, declared.help];
}

/** Whether `--help` or `-h` is among the flags; behind `--` they are ordinary words. */
export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end === -1 ? undefined : end).some((word) => word === "--help" || word === "-h");
}

function helpOf<Flags extends FlagTable>(
  { usage, notes = [] }: CommandDefinition<Flags>,
  flags: FlagTable,
  { name, summary }: CommandTitle,
): string {
  const head = `latchkey ${name}${usage === "" ? "" : ` ${usage}`} [flags]`;
  const tail = notes.length === 0 ? [] : ["", ...notes];
  return [head, "", `${summary}.`, "", ...columns(Object.entries(flags).map(flagRow)), ...tail].join("\n");
}

function groupHelp(
  members: Readonly<Record<string, { readonly summary: string }>>,
  { name, summary }: CommandTitle,
): string {
  const rows = Object.entries(members).map(([word, member]) => [word, member.summary] as const);
  return [
    `latchkey ${name} ${rows.map(([word]) => word).join("|")} [flags]`,
    "",
    `${summary}.`,
    "",
    ...columns(rows),
  ].join("\n");
}

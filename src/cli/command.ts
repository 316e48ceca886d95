import { dirname, resolve } from "node:path";
import { type Arguments, type FlagTable, flag, option, parseArguments, type WordCount } from "./args.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import type { Ui } from "./ui.ts";

/** Flags that every command takes. */
export const commonFlags = {
  config: option("FILE", "the config, default gateway.config.ts"),
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

/** How a command is declared. */
export interface CommandDefinition<Flags extends FlagTable> {
  readonly name: string;
  /** One sentence without a full stop. */
  readonly summary: string;
  /** Its words in the usage line, such as `[HASH]`; empty for none. */
  readonly usage: string;
  readonly words: WordCount;
  readonly flags: Flags;
  /** Lines below the flags in its help. */
  readonly notes?: readonly string[];
  readonly run: (given: Arguments<Flags>, context: CommandContext) => Promise<ExitCode>;
}

/** A command that can be run. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly run: (argv: readonly string[], io: Io, ui: Ui) => Promise<ExitCode>;
}

/** Makes a command of its declaration: its flags are read, `--help` answered and the config's path found. */
export function defineCommand<const Flags extends FlagTable>(definition: CommandDefinition<Flags>): Command {
  const flags: FlagTable = { ...definition.flags, ...commonFlags };
  return {
    name: definition.name,
    summary: definition.summary,
    async run(argv, io, ui) {
      if (argv.includes("--help")) {
        showHelp(definition.name, helpOf(definition, flags), ui);
        return exitCodes.ok;
      }
      const given = parseArguments(argv, flags, definition.words);
      const config = given.flags["config"];
      const configFile = resolve(io.cwd, typeof config === "string" ? config : "gateway.config.ts");
      const context = { io, ui, configFile, root: dirname(configFile) };
      return definition.run(given as Arguments<Flags>, context);
    },
  };
}

/** Two columns of text: names, and what they mean. */
export function columns(rows: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

function helpOf<Flags extends FlagTable>(definition: CommandDefinition<Flags>, flags: FlagTable): string {
  const { name, usage, summary, notes = [] } = definition;
  const rows = Object.entries(flags).map(
    ([flagName, declared]) =>
      [`--${flagName}${declared.type === "option" ? ` ${declared.value}` : ""}`, declared.help] as const,
  );
  const head = `latchkey ${name}${usage === "" ? "" : ` ${usage}`} [flags]`;
  const tail = notes.length === 0 ? [] : ["", ...notes];
  return [head, "", `${summary}.`, "", ...columns(rows), ...tail].join("\n");
}

function showHelp(command: string, help: string, ui: Ui): void {
  ui.out.line(help);
  ui.data({ command, help });
}

import { errorTable } from "../kernel/codes.ts";
import { toLatchkeyError } from "../kernel/error.ts";
import { didYouMean, usageError } from "./args.ts";
import { columns, showHelp } from "./command.ts";
import { commandEntries } from "./commands/index.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";
import { type Io, processIo } from "./io.ts";
import { readOwnPackage } from "./own-package.ts";
import { createUi, type Ui } from "./ui.ts";

/** What to do about an error that nobody foresaw. */
const DEFECT_HELP = "This is a defect: run it again with LATCHKEY_DEBUG=1 and report what it shows.";

/**
 * Runs a command line and answers its exit code. Never throws: what goes wrong is shown on stderr, or as JSON on
 * stdout with `--json`.
 * @param argv what follows the program's name
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const ui = createUi(io, argv.includes("--json"));
  try {
    return await dispatch(argv, io, ui);
  } catch (thrown) {
    return showError(thrown, io, ui);
  }
}

async function dispatch(argv: readonly string[], io: Io, ui: Ui): Promise<ExitCode> {
  const { name, rest } = splitCommand(argv);
  if (name === undefined && rest.includes("--version")) return showVersion(ui);
  if ((name === undefined && rest.includes("--help")) || name === "help") return showHelp(overview(), ui);
  const entry = commandEntries.find((candidate) => candidate.name === (name ?? "start"));
  if (entry === undefined) {
    const names = commandEntries.map((candidate) => candidate.name);
    throw usageError(`There is no command "${name}"${didYouMean(name ?? "", names)}`);
  }
  const command = await entry.load();
  return command.run(rest, entry, io, ui);
}

/** The command is the first word; only flags that every command takes may stand before it. */
function splitCommand(argv: readonly string[]): { name: string | undefined; rest: readonly string[] } {
  let index = 0;
  for (let token = argv[index]; token !== undefined; token = argv[index]) {
    if (!token.startsWith("-")) return { name: token, rest: argv.toSpliced(index, 1) };
    if (token === "--config") index += 2;
    else if (token === "--json" || token.startsWith("--config=")) index += 1;
    else break;
  }
  return { name: undefined, rest: argv };
}

function showVersion(ui: Ui): ExitCode {
  const { version } = readOwnPackage();
  ui.out.line(version);
  ui.data({ version });
  return exitCodes.ok;
}

function overview(): string {
  return [
    "latchkey [command] [flags]",
    "",
    "Configuration-as-code AI gateway. Without a command it starts the gateway.",
    "",
    ...columns(commandEntries.map(({ name, summary }) => [name, summary])),
    "",
    "Every command takes --config FILE, --json and --help. `latchkey --version` prints the version.",
  ].join("\n");
}

function showError(thrown: unknown, io: Io, ui: Ui): ExitCode {
  const error = toLatchkeyError(thrown);
  const help = error === thrown ? errorTable[error.code].help : DEFECT_HELP;
  ui.data({ error: { code: error.code, message: error.message, detail: error.internal ?? null, help } });
  if (!ui.json) {
    const { line, paint } = ui.err;
    line(
      `${paint(`error ${error.code}`, "bold", "red")}${paint(":", "bold")} ${paint(error.message, "bold")}`,
    );
    if (error.internal !== undefined) line(`  ${error.internal}`);
    line(`  ${paint("help:", "bold", "green")} ${help}`);
  }
  if (io.env["LATCHKEY_DEBUG"] === "1" && thrown instanceof Error) ui.err.line(thrown.stack ?? "");
  return exitCodeOf(error.code);
}

if (import.meta.main) {
  // A reader that has seen enough, such as `head`, closes the pipe: not an error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.failure);
  });
  const code = await main(process.argv.slice(2), processIo());
  // What is still on its way to a pipe has to arrive; serving threads would keep the process alive.
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
  process.exit(code);
}

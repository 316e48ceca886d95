import { systemClock } from "../kernel/clock.ts";
import { errorTable } from "../kernel/codes.ts";
import { toLatchkeyError } from "../kernel/error.ts";
import { didYouMean, usageError } from "./args.ts";
import { asksForHelp, columns, showHelp } from "./command.ts";
import { type CommandEntry, commandEntries } from "./commands/index.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";
import { type Io, processIo } from "./io.ts";
import { readOwnPackage } from "./own-package.ts";
import { ProcessSignals } from "./process-signals.ts";
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
  if (name === undefined && asksForVersion(rest)) return showVersion(ui);
  if (name === undefined && asksForHelp(rest)) return showHelp(overview(), ui);
  if (name === "help") return help(rest, io, ui);
  const entry = entryOf(name ?? "start");
  const command = await entry.load();
  return command.run(rest, entry, io, ui);
}

/** `latchkey help start` is `latchkey start --help`, also for the commands of a group. */
async function help(argv: readonly string[], io: Io, ui: Ui): Promise<ExitCode> {
  const words = argv.filter((word) => !word.startsWith("-"));
  const [name, ...rest] = words;
  if (name === undefined) return showHelp(overview(), ui);
  const entry = entryOf(name);
  const command = await entry.load();
  return command.run([...rest, "--help"], entry, io, ui);
}

function entryOf(name: string): CommandEntry {
  const entry = commandEntries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = commandEntries.map((candidate) => candidate.name);
  throw usageError(`There is no command "${name}"${didYouMean(name, names)}`);
}

function asksForVersion(argv: readonly string[]): boolean {
  return argv.includes("--version") || argv.includes("-v");
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
    "Every command takes --config FILE, --json and --help (-h). `latchkey --version` (-v) prints the version.",
  ].join("\n");
}

function showError(thrown: unknown, io: Io, ui: Ui): ExitCode {
  const error = toLatchkeyError(thrown);
  const help = error === thrown ? errorTable[error.code].help : DEFECT_HELP;
  // On one line, so that commands that write JSON lines can fail, too.
  ui.data(
    { error: { code: error.code, message: error.message, detail: error.internal ?? null, help } },
    "line",
  );
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
  const signals = new ProcessSignals(process, systemClock);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (signals.outputLost()) return;
      // A reader that has seen enough, such as `head`, closes the pipe: not an error.
      process.exit(error.code === "EPIPE" ? exitCodes.ok : exitCodes.failure);
    });
  }
  const code = await main(process.argv.slice(2), processIo(signals));
  // What is still on its way to a pipe has to arrive; serving threads would keep the process alive. Only the end of a
  // stream is told when everything before it is out: an empty write is told at once.
  const ended = [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((resolve) => stream.end(() => resolve())),
  );
  await Promise.all(ended);
  process.exit(code);
}

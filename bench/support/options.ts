import { parseArgs } from "node:util";
import { contestantNames } from "../contestants/index.ts";
import { questions } from "../questions/index.ts";
import { BenchError } from "./bench-error.ts";

/** What the command line asks for. */
export interface BenchOptions {
  /** Name of the question. */
  readonly question: string;
  readonly rounds: number;
  /** Length of each measurement, seconds. */
  readonly seconds: number;
  readonly contestants: readonly string[];
  /** Numbers of concurrent streams that `stream` measures; `translate` takes the greatest. */
  readonly streams: readonly number[];
  /** Print the result as JSON. */
  readonly json: boolean;
  /** Keep the result in `RESULTS.md` and `results/`. */
  readonly markdown: boolean;
  /** Install missing programs with apt. */
  readonly install: boolean;
  readonly help: boolean;
}

/**
 * Reads the command line.
 * @throws BenchError for an option or a value that makes no sense
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new BenchError(`one question at a time, not ${positionals.join(" ")}`);
  return {
    question: positionals[0] ?? questions[0].name,
    rounds: positive("rounds", values.rounds),
    seconds: positive("seconds", values.seconds),
    contestants: values.contestants.split(","),
    streams: values.streams.split(",").map((text) => positive("streams", text)),
    json: values.json,
    markdown: values.markdown,
    install: values.install,
    help: values.help,
  };
}

/** Text of `--help`. */
export function helpText(): string {
  return `npm run bench -- [question] [options]

Questions:
${questions.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`).join("\n")}

Options:
  --rounds N        rounds, the contestants taking turns in each; default 5
  --seconds N       length of each measurement; default 5
  --contestants A,B of ${contestantNames.join(", ")}; default all
  --streams N,M     numbers of concurrent streams (questions stream and, the greatest, translate); default 100,500
  --json            print the result with all rounds as JSON
  --markdown        keep the result: its section of bench/RESULTS.md and all rounds in bench/results/
  --install         install missing programs with apt
  --help            this text`;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: "string", default: "5" },
        seconds: { type: "string", default: "5" },
        contestants: { type: "string", default: contestantNames.join(",") },
        streams: { type: "string", default: "100,500" },
        json: { type: "boolean", default: false },
        markdown: { type: "boolean", default: false },
        install: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new BenchError(error instanceof Error ? error.message : String(error));
  }
}

function positive(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new BenchError(`--${name} takes a positive whole number, not "${text}"`);
  return Number(text);
}

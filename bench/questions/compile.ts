import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BenchError } from "../support/bench-error.ts";
import { formatMicroseconds } from "../support/format.ts";
import { type LargeConfigSize, largeConfigText } from "../support/large-config.ts";
import type { ProcessGroup } from "../support/process-group.ts";
import { median } from "../support/stats.ts";
import { tasksetTool } from "../support/tools.ts";
import type { Answer, Question } from "./question.ts";

const SIZE: LargeConfigSize = { keys: 10_000, endpoints: 500, tenants: 200 };
const COMPILE_LIMIT_MS = 5_000;
const LOAD_LIMIT_MS = 200;
const CORE = 0;

/** One compilation and one load, each in a process of its own. */
interface CompileRound {
  readonly compileMs: number;
  readonly loadMs: number;
  /** The load and the import of the code file. */
  readonly loadWithFunctionsMs: number;
}

/** What a large config costs to compile, and its artifact to load. */
export const compileQuestion: Question = {
  name: "compile",
  summary: "A config of 10,000 keys, 500 endpoints and 200 tenants: time to compile, time to load",
  tools: [tasksetTool],
  async run({ options, folder, processes, progress }) {
    await writeFile(join(folder, "gateway.config.ts"), largeConfigText(SIZE));
    const rounds: CompileRound[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      progress(`round ${round} of ${options.rounds}`);
      rounds.push(await measure(processes, folder));
    }
    return report(rounds);
  },
};

async function measure(processes: ProcessGroup, folder: string): Promise<CompileRound> {
  const compiled = await runPeer(processes, "compile", folder);
  if (compiled["keys"] !== SIZE.keys || compiled["endpoints"] !== SIZE.endpoints) {
    throw new BenchError(`the artifact holds something else than was declared: ${JSON.stringify(compiled)}`);
  }
  const loaded = await runPeer(processes, "load", folder);
  return {
    compileMs: compiled["milliseconds"] ?? Number.NaN,
    loadMs: loaded["milliseconds"] ?? Number.NaN,
    loadWithFunctionsMs: loaded["withFunctions"] ?? Number.NaN,
  };
}

async function runPeer(
  processes: ProcessGroup,
  step: string,
  folder: string,
): Promise<Record<string, number>> {
  const program = join(import.meta.dir, "../peers/compile-once.ts");
  const child = processes.pipe(CORE, [process.execPath, program, step, folder]);
  const [output, errors, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (exitCode !== 0) throw new BenchError(`the ${step} step failed: ${errors.trim()}`);
  return JSON.parse(output);
}

function report(rounds: readonly CompileRound[]): Answer {
  const compileMs = median(rounds.map((round) => round.compileMs));
  const loadMs = median(rounds.map((round) => round.loadMs));
  const withFunctionsMs = median(rounds.map((round) => round.loadWithFunctionsMs));
  const time = (milliseconds: number): string => formatMicroseconds(milliseconds * 1_000);
  const row = (name: string, middle: number, field: keyof CompileRound, limit: string): readonly string[] => {
    const all = rounds.map((round) => round[field]);
    return [name, time(middle), `${time(Math.min(...all))}–${time(Math.max(...all))}`, limit];
  };
  return {
    tables: [
      {
        title: "10,000 keys, 500 endpoints, 200 tenants",
        columns: ["step", "median", "lowest–highest", "limit"],
        rows: [
          row("compile", compileMs, "compileMs", time(COMPILE_LIMIT_MS)),
          row("load", loadMs, "loadMs", time(LOAD_LIMIT_MS)),
          row("load and import functions.js", withFunctionsMs, "loadWithFunctionsMs", ""),
        ],
      },
    ],
    notes: [
      "Each step in a fresh process with all its children on core 0; starting Bun is not counted, loading and warming up our own code is. Loading reads, hashes and validates the artifact and its code file.",
    ],
    problems: [
      ...(compileMs > COMPILE_LIMIT_MS ? [`compiling took ${time(compileMs)}, more than the limit`] : []),
      ...(loadMs > LOAD_LIMIT_MS ? [`loading took ${time(loadMs)}, more than the limit`] : []),
    ],
    rounds,
    summary: [{ compileMs, loadMs, loadWithFunctionsMs: withFunctionsMs }],
  };
}

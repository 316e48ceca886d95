/** Measures: `npm run bench -- [question]`. See README.md. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { findQuestion, questions } from "./questions/index.ts";
import type { Question } from "./questions/question.ts";
import { BenchError } from "./support/bench-error.ts";
import { describeMachine, machineLine } from "./support/machine.ts";
import { type BenchOptions, helpText, parseOptions } from "./support/options.ts";
import { ProcessGroup } from "./support/process-group.ts";
import { type BenchResult, keepResult } from "./support/results.ts";
import { renderText } from "./support/table.ts";
import { ensureTools } from "./support/tools.ts";

const folder = import.meta.dir;
const FAILED = 1;
const INVALID = 2;
const INTERRUPTED = 130;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = FAILED;
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    console.log(helpText());
    return 0;
  }
  const question = findQuestion(options.question);
  if (question === undefined) {
    const names = questions.map(({ name }) => name).join(", ");
    throw new BenchError(`no question is called "${options.question}"; there are ${names}`);
  }
  await ensureTools(question.tools, options.install);
  if (availableParallelism() < 2)
    throw new BenchError("load and contestants need a core each: two cores at least");
  const result = await ask(question, options);
  if (options.json) console.log(JSON.stringify(result, null, 2));
  else print(result);
  if (options.markdown) console.error(`kept in ${await keepResult(folder, question, result)}`);
  return result.valid ? 0 : INVALID;
}

/** Asks one question in a folder that is gone afterwards, with processes that are, too. */
async function ask(question: Question, options: BenchOptions): Promise<BenchResult> {
  await mkdir(join(folder, ".work"), { recursive: true });
  const runFolder = await mkdtemp(join(folder, ".work", `${question.name}-`));
  const processes = new ProcessGroup();
  let cleaned: Promise<void> | undefined;
  const cleanUp = (): Promise<void> => {
    cleaned ??= processes.stopAll().then(() => rm(runFolder, { recursive: true, force: true }));
    return cleaned;
  };
  const leave = (): void => void cleanUp().finally(() => process.exit(INTERRUPTED));
  process.once("SIGINT", leave).once("SIGTERM", leave);
  try {
    const machine = await describeMachine(join(folder, ".."));
    const startedAt = new Date().toISOString();
    const progress = (text: string): void => console.error(`… ${text}`);
    const answer = await question.run({ options, folder: runFolder, processes, progress });
    const { rounds, seconds, contestants } = options;
    const valid = answer.problems.length === 0;
    return {
      question: question.name,
      startedAt,
      valid,
      machine,
      options: { rounds, seconds, contestants },
      answer,
    };
  } finally {
    await cleanUp();
  }
}

function print({ startedAt, machine, options, answer }: BenchResult): void {
  for (const table of answer.tables) console.log(`${renderText(table)}\n`);
  for (const note of answer.notes) console.log(`- ${note}`);
  console.log(
    `\n${startedAt.slice(0, 10)}; ${machineLine(machine)}; ${options.rounds} rounds of ${options.seconds} s`,
  );
  for (const problem of answer.problems) console.error(`INVALID: ${problem}`);
}

import { join } from "node:path";
import type { Answer, Question } from "../questions/question.ts";
import { type Machine, machineLine } from "./machine.ts";
import type { BenchOptions } from "./options.ts";
import { renderMarkdown } from "./table.ts";

/** Everything about one run, as printed by `--json` and kept in `results/`. */
export interface BenchResult {
  readonly question: string;
  /** Start of the run, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** Whether the figures may be used. */
  readonly valid: boolean;
  readonly machine: Machine;
  readonly options: Pick<BenchOptions, "rounds" | "seconds" | "contestants">;
  readonly answer: Answer;
}

/** Keeps a run: its rounds as a file in `results/` and its section in `RESULTS.md`. Gives the path of the first. */
export async function keepResult(
  benchFolder: string,
  question: Question,
  result: BenchResult,
): Promise<string> {
  const moment = result.startedAt.slice(0, 19).replace("T", "-").replaceAll(":", "");
  const name = `${moment}-${result.question}-${result.machine.commit.replace("+", "-changed")}.json`;
  const file = join(benchFolder, "results", name);
  await Bun.write(file, `${JSON.stringify(result, null, 2)}\n`);
  const page = Bun.file(join(benchFolder, "RESULTS.md"));
  const text = (await page.exists()) ? await page.text() : FIRST_LINES;
  await page.write(replaceSection(text, result.question, sectionText(question, result, `results/${name}`)));
  return file;
}

/** Markdown of one question. */
export function sectionText(question: Question, result: BenchResult, rawFile: string): string {
  const { answer, machine, options } = result;
  const how = `${options.rounds} rounds of ${options.seconds} s, contestants taking turns. Every round: [${rawFile}](${rawFile}).`;
  const invalid = answer.problems.map((problem) => `- **Invalid**: ${problem}`).join("\n");
  return [
    `## ${result.question}`,
    `${question.summary}.`,
    `${result.startedAt.slice(0, 10)}; ${machineLine(machine)}. ${how}`,
    ...(invalid === "" ? [] : [invalid]),
    ...answer.tables.map(renderMarkdown),
    answer.notes.map((note) => `- ${note}`).join("\n"),
  ].join("\n\n");
}

/** Replaces the section of a question, or puts it at the end when the page has none. */
export function replaceSection(page: string, question: string, section: string): string {
  const begin = `<!-- begin ${question} -->`;
  const end = `<!-- end ${question} -->`;
  const block = `${begin}\n\n${section}\n\n${end}`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) return `${page.trimEnd()}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + end.length);
}

const FIRST_LINES = `# Results

Written by \`npm run bench -- <question> --markdown\`; how to read and repeat them is in [README.md](README.md).
`;

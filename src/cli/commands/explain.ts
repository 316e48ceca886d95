import { LatchkeyError } from "../../kernel/error.ts";
import { didYouMean } from "../args.ts";
import { columns, defineCommand } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { type Explanation, explanations, normalizeCode } from "../explanations.ts";
import type { Ui } from "../ui.ts";

/** `latchkey explain`: what a code means and what to do about it. */
export const explain = defineCommand({
  usage: "[CODE]",
  words: { least: 0, most: 1 },
  flags: {},
  notes: ["CODE is written as LK1203, LK-2001 or 2001. Without one, all codes are listed."],
  async run({ words: [wrong] }, { ui }) {
    const all = explanations();
    if (wrong === undefined) return list(all, ui);
    const code = normalizeCode(wrong);
    const found = all.find((explanation) => explanation.code === code);
    if (found !== undefined) return show(found, ui);
    const names = all.map((explanation) => explanation.code);
    throw new LatchkeyError("LK-6107", `There is no code ${wrong}${didYouMean(code, names)}`);
  },
});

function list(all: readonly Explanation[], ui: Ui): ExitCode {
  for (const line of columns(all.map(({ code, title }) => [code, title]))) ui.out.line(line.slice(2));
  ui.data({ codes: all });
  return exitCodes.ok;
}

function show(explanation: Explanation, ui: Ui): ExitCode {
  const { code, title, help, status, retryable } = explanation;
  const { line, paint } = ui.out;
  line(`${paint(code, "bold")}  ${title}`);
  line();
  line(help);
  if (status !== null) {
    line();
    line(`HTTP status ${status}; sending the same request again ${retryable ? "may" : "will not"} help.`);
  }
  ui.data(explanation);
  return exitCodes.ok;
}

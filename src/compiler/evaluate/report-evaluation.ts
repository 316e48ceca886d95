import { formatDuration } from "../../kernel/duration.ts";
import type { Report } from "../report.ts";
import type { RunOutcome } from "./evaluate-config.ts";
import type { Evaluation } from "./graph.ts";
import { undeclaredName } from "./undeclared-name.ts";

/** Reports how running a config went wrong, or what it did on the side. */
export function reportEvaluation(
  outcome: RunOutcome,
  hasPrinted: boolean,
  timeLimitMs: number,
  report: Report,
): void {
  if (outcome.kind === "answered") {
    reportAnswer(outcome.evaluation, report);
    if (hasPrinted && outcome.evaluation.kind === "graph") {
      report.add("LK1010", "the config printed something while it ran");
    }
  } else if (outcome.kind === "timed-out") {
    report.add("LK1006", `the config did not come to an end within ${formatDuration(timeLimitMs)}`);
  } else if (outcome.kind === "too-large") {
    report.add("LK1011", "the config declares more than 256 MiB of data");
  } else if (outcome.signal !== null) {
    report.add("LK1013", `the process that ran the config was ended by ${outcome.signal}`);
  } else if (outcome.exitCode === 0) {
    report.add("LK1006", "the config waits for something that never comes");
  } else {
    report.add("LK1007", `the config ended its own process with exit code ${outcome.exitCode}`);
  }
}

function reportAnswer(evaluation: Evaluation, report: Report): void {
  switch (evaluation.kind) {
    case "graph":
      if (evaluation.leftOpen) report.add("LK1012", "the config left something running when it had ended");
      return;
    case "threw": {
      const { name, message, site } = evaluation;
      const isPlain = name === "" || name === "Error";
      report.add(
        "LK1005",
        isPlain ? `the config threw: ${message}` : `the config threw ${name}: ${message}`,
        { site, ...undeclaredName(message) },
      );
      return;
    }
    case "ended":
      report.add("LK1007", "the config ended its own process", { site: evaluation.site });
      return;
    case "no-default-export": {
      const [first] = evaluation.names;
      report.add("LK1008", "the config has no default export", {
        ...(first === undefined ? {} : { notes: [{ message: `it exports ${evaluation.names.join(", ")}` }] }),
      });
      return;
    }
    case "no-gateway":
      report.add("LK1009", `the config's default export is ${evaluation.what}, not a gateway`);
  }
}

import { basename } from "node:path";
import { formatDuration } from "../../kernel/duration.ts";
import type { Finding, Report } from "../report.ts";
import type { EvaluateOptions, Run } from "./evaluate-config.ts";
import type { Evaluation, GraphError, UnhandledError } from "./graph.ts";
import { undeclaredName } from "./undeclared-name.ts";

const MEBIBYTE = 1024 ** 2;

/** Reports how running a config went wrong, or what it did on the side. */
export function reportEvaluation(
  { outcome, unhandled, hasPrinted }: Run,
  options: EvaluateOptions,
  report: Report,
): void {
  const entry = { entry: { file: basename(options.configFile), line: 1, column: 1 } };
  const limit = formatDuration(options.timeLimitMs);
  for (const error of unhandled) reportUnhandled(error, entry, report);
  if (outcome.kind === "answered") {
    reportAnswer(outcome.evaluation, entry, options, report);
    if (hasPrinted && outcome.evaluation.kind === "graph") {
      report.add("LK1010", "the config printed something while it ran");
    }
  } else if (outcome.kind === "timed-out") {
    report.add("LK1006", `the config did not come to an end within ${limit}`, {
      ...entry,
      suspects: ["loop", "await"],
    });
  } else if (outcome.kind === "too-large") {
    report.add("LK1011", "the config declares more than 256 MiB of data", entry);
  } else if (outcome.signal !== null) {
    report.add("LK1013", `the process that ran the config was ended by ${outcome.signal}`, entry);
  } else if (outcome.exitCode === 0) {
    const waits = "the config waits for something that never comes";
    report.add("LK1006", waits, { ...entry, suspects: ["await"] });
  } else {
    report.add("LK1007", `the config ended its own process with exit code ${outcome.exitCode}`, entry);
  }
}

/** Where the config begins: the place of what has no other. */
type Entry = Pick<Finding, "entry">;

function reportAnswer(
  evaluation: Evaluation,
  entry: Entry,
  { memoryLimitBytes }: EvaluateOptions,
  report: Report,
): void {
  switch (evaluation.kind) {
    case "graph":
      if (evaluation.leftOpen) report.add("LK1012", "the config left something running when it had ended");
      return;
    case "threw":
      report.add("LK1005", `the config threw${hasClass(evaluation) ? "" : ":"} ${errorText(evaluation)}`, {
        ...placed(evaluation, entry),
        ...undeclaredName(evaluation.message),
      });
      return;
    case "failed-beside":
    case "invariants":
      return;
    case "out-of-memory": {
      const mebibytes = Math.floor(memoryLimitBytes / MEBIBYTE);
      report.add("LK1014", `running the config took more than ${mebibytes} MiB of memory`, {
        ...entry,
        suspects: ["loop"],
      });
      return;
    }
    case "ended":
      report.add("LK1007", "the config ended its own process", { site: evaluation.site, ...entry });
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

function reportUnhandled(error: UnhandledError, entry: Entry, report: Report): void {
  const what =
    error.from === "rejection"
      ? "nothing handles the rejection of a promise"
      : "something that runs beside the config threw";
  report.add("LK1015", `${what}: ${errorText(error)}`, {
    ...placed(error, entry),
    ...undeclaredName(error.message),
  });
}

/** Values that are no errors have no stack text, and the system's own errors name no line of the config. */
function placed({ site, name }: GraphError, entry: Entry): Pick<Finding, "site" | "suspects" | "entry"> {
  return { site, suspects: [name === "" ? "throw" : "await"], ...entry };
}

/** `RangeError: too far`, or `too far` where the name says nothing. */
function errorText(error: GraphError): string {
  return hasClass(error) ? `${error.name}: ${error.message}` : error.message;
}

function hasClass({ name }: GraphError): boolean {
  return name !== "" && name !== "Error";
}

/** Runs in a process of its own: imports a bundled config and writes what it declares to a file. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Artifact } from "../../../artifact/artifact.ts";
import type { Evaluation, GraphError, UnhandledError } from "../graph.ts";
import { GraphWriter } from "./graph-writer.ts";
import { runInvariants } from "./run-invariants.ts";
import { sitePositions } from "./site-positions.ts";
import { startWatchdog } from "./start-watchdog.ts";
import { thrownText } from "./thrown-text.ts";
import { writeAnswer } from "./write-answer.ts";

/**
 * How long something that the config left running may take to end before it is reported. What fails in this time
 * is reported as well.
 */
const GRACE_MS = 250;
/** Errors that are reported; a timer can throw any number of them. */
const MAX_UNHANDLED = 10;
const MAX_MESSAGE = 2_000;

const [
  bundlePath = "",
  resultPath = "",
  unhandledPath = "",
  rootDir = "",
  parentPid = "",
  memoryLimit = "",
  artifactPath = "",
] = process.argv.slice(2);
const endProcess = process.exit.bind(process);
const unhandled: UnhandledError[] = [];
let answer: Evaluation | undefined;

startWatchdog({
  parentPid: Number(parentPid),
  folder: dirname(bundlePath),
  resultPath,
  memoryLimitBytes: Number(memoryLimit),
});
process.exit = ((): never => {
  const ended: Evaluation = { kind: "ended", site: site(new Error().stack) };
  // Also something that the config left running may end the process, perhaps before it has failed.
  if (answer?.kind === "graph") put(ended);
  else finish(ended);
  return endProcess(0);
}) as typeof process.exit;
process.on("uncaughtException", (thrown) => addUnhandled("exception", thrown));
process.on("unhandledRejection", (reason) => addUnhandled("rejection", reason));
process.chdir(rootDir);

void run();

async function run(): Promise<void> {
  try {
    const exports: Record<string, unknown> = await import(bundlePath);
    finish(describe(exports));
  } catch (thrown) {
    finish({ kind: "threw", ...describeError(thrown) });
  }
}

function describe(exports: Record<string, unknown>): Evaluation {
  if (!("default" in exports)) return { kind: "no-default-export", names: Object.keys(exports) };
  const writer = new GraphWriter(bundlePath);
  if (artifactPath !== "") {
    const artifact: Artifact = JSON.parse(readFileSync(artifactPath, "utf8"));
    return {
      kind: "invariants",
      outcomes: runInvariants(exports["default"], artifact, describeError, writer),
    };
  }
  const graph = writer.write(exports["default"]);
  if (graph === undefined) return { kind: "no-gateway", what: writer.describe(exports["default"]) };
  return { kind: "graph", graph, leftOpen: false };
}

/** Writes the first outcome; the process then ends by itself unless the config left something running. */
function finish(evaluation: Evaluation): void {
  if (answer !== undefined) return;
  put(evaluation);
  setTimeout(() => {
    if (answer?.kind === "graph") put({ ...answer, leftOpen: true });
    endProcess(0);
  }, GRACE_MS).unref();
}

/** In a file of its own: the graph may be large. */
function addUnhandled(from: UnhandledError["from"], thrown: unknown): void {
  if (unhandled.length === MAX_UNHANDLED) return;
  unhandled.push({ from, ...describeError(thrown) });
  writeAnswer(`${unhandledPath}.tmp`, unhandledPath, unhandled);
  finish({ kind: "failed-beside" });
}

function put(evaluation: Evaluation): void {
  answer = evaluation;
  writeAnswer(`${resultPath}.tmp`, resultPath, evaluation);
}

function describeError(thrown: unknown): GraphError {
  const message = thrownText(thrown).slice(0, MAX_MESSAGE);
  return thrown instanceof Error
    ? { name: thrown.name, message, site: siteOf(thrown) }
    : { name: "", message, site: "" };
}

/** Of an error that was made outside of the config, perhaps its cause was made there. */
function siteOf(error: Error): string {
  const own = site(error.stack);
  return own === "" && error.cause instanceof Error ? site(error.cause.stack) : own;
}

function site(stack: string | undefined): string {
  return sitePositions(stack ?? "", bundlePath);
}

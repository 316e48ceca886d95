/** Runs in a process of its own: imports a bundled config and writes what it declares to a file. */
import { renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Evaluation } from "../graph.ts";
import { GraphWriter } from "./graph-writer.ts";
import { watchParent } from "./parent-watch.ts";
import { sitePositions } from "./site-positions.ts";
import { thrownText } from "./thrown-text.ts";

/** How long something that the config left running may take to end before it is reported. */
const GRACE_MS = 250;

const [bundlePath = "", resultPath = "", rootDir = "", parentPid = ""] = process.argv.slice(2);
const endProcess = process.exit.bind(process);
let isDone = false;

watchParent({ parentPid: Number(parentPid), folder: dirname(bundlePath) });
process.exit = ((): never => {
  finish({ kind: "ended", site: site(new Error().stack) });
  return endProcess(0);
}) as typeof process.exit;
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
process.chdir(rootDir);

void run();

async function run(): Promise<void> {
  try {
    const exports: Record<string, unknown> = await import(bundlePath);
    finish(describe(exports));
  } catch (thrown) {
    fail(thrown);
  }
}

function describe(exports: Record<string, unknown>): Evaluation {
  if (!("default" in exports)) return { kind: "no-default-export", names: Object.keys(exports) };
  const writer = new GraphWriter(bundlePath);
  const graph = writer.write(exports["default"]);
  if (graph === undefined) return { kind: "no-gateway", what: writer.describe(exports["default"]) };
  return { kind: "graph", graph, leftOpen: false };
}

/** Writes the first outcome; the process then ends by itself unless the config left something running. */
function finish(evaluation: Evaluation): void {
  if (isDone) return;
  isDone = true;
  put(evaluation);
  setTimeout(() => {
    if (evaluation.kind === "graph") put({ ...evaluation, leftOpen: true });
    endProcess(0);
  }, GRACE_MS).unref();
}

function put(evaluation: Evaluation): void {
  const temporary = `${resultPath}.tmp`;
  writeFileSync(temporary, JSON.stringify(evaluation));
  renameSync(temporary, resultPath);
}

function fail(thrown: unknown): void {
  const [name, stack] = thrown instanceof Error ? [thrown.name, thrown.stack] : ["", ""];
  finish({ kind: "threw", name, message: thrownText(thrown).slice(0, 2_000), site: site(stack) });
}

function site(stack: string | undefined): string {
  return sitePositions(stack ?? "", bundlePath);
}

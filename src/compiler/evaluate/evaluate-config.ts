import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bundle } from "../bundle/bundle-config.ts";
import { stackEnvironment } from "../locate/stack-frame.ts";
import type { Report } from "../report.ts";
import type { ConfigGraph, Evaluation, UnhandledError } from "./graph.ts";
import { reportEvaluation } from "./report-evaluation.ts";
import { WatchedOutput } from "./watched-output.ts";

/** What is known of a config after it was run. */
export interface EvaluatedConfig {
  /** Null where it did not come to a gateway; the report says why. */
  readonly graph: ConfigGraph | null;
}

/** How a config is run. */
export interface EvaluateOptions {
  /** Empty folder for the bundle and the answer; removed when this process ends before they are there. */
  readonly folder: string;
  /** Absolute path of the config. Its folder is the working folder of its code. */
  readonly configFile: string;
  readonly timeLimitMs: number;
  /** Bytes of resident memory that the process may have. */
  readonly memoryLimitBytes: number;
  /** Ends the process before its time. */
  readonly signal?: AbortSignal | undefined;
}

/** How a config is run once more, on what it came to. */
export interface RunOptions extends EvaluateOptions {
  /** File with the artifact that invariants are checked on; without it the config is only read. */
  readonly artifactPath?: string;
}

/** What the process did. */
export interface Run {
  readonly outcome: RunOutcome;
  /** What was thrown and nothing handled. */
  readonly unhandled: readonly UnhandledError[];
  readonly hasPrinted: boolean;
}

/** How the process came to its end. */
type RunOutcome =
  | { readonly kind: "answered"; readonly evaluation: Evaluation }
  | { readonly kind: "timed-out" }
  | { readonly kind: "too-large" }
  | { readonly kind: "silent"; readonly exitCode: number | null; readonly signal: string | null };

const CHILD_MAIN = join(import.meta.dir, "child/main.ts");
const MAX_RESULT_BYTES = 256 * 1024 * 1024;

/**
 * Runs a bundled config once, in a process of its own that is killed with everything it started when the time is
 * up, when it takes too much memory, or when this process ends. The process sees PATH and HOME and nothing else of the environment, so that an artifact does not depend on
 * the machine and no secret can be read by value.
 */
export async function evaluateConfig(
  bundle: Bundle,
  options: EvaluateOptions,
  report: Report,
): Promise<EvaluatedConfig> {
  writeFileSync(bundle.path, bundle.code);
  const { outcome } = await runConfig(bundle.path, options, report);
  const isGraph = outcome.kind === "answered" && outcome.evaluation.kind === "graph";
  return { graph: isGraph && outcome.evaluation.kind === "graph" ? outcome.evaluation.graph : null };
}

/** Runs a bundle that stands in the folder, and reports how that went wrong. */
export async function runConfig(bundlePath: string, options: RunOptions, report: Report): Promise<Run> {
  const { artifactPath = "" } = options;
  const resultPath = join(options.folder, artifactPath === "" ? "result.json" : "invariants.json");
  const unhandledPath = join(options.folder, "unhandled.json");
  const child = Bun.spawn(
    [
      process.execPath,
      "--no-env-file",
      CHILD_MAIN,
      bundlePath,
      resultPath,
      unhandledPath,
      dirname(options.configFile),
      String(process.pid),
      String(options.memoryLimitBytes),
      artifactPath,
    ],
    {
      cwd: options.folder,
      env: childEnvironment(),
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      detached: true,
    },
  );
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child.pid);
  }, options.timeLimitMs);
  const onAbort = (): void => killGroup(child.pid);
  options.signal?.addEventListener("abort", onAbort);
  const onExit = (): void => {
    killGroup(child.pid);
    rmSync(options.folder, { recursive: true, force: true });
  };
  process.once("exit", onExit);
  const output = new WatchedOutput([child.stdout, child.stderr]);
  const exitCode = await child.exited;
  process.off("exit", onExit);
  options.signal?.removeEventListener("abort", onAbort);
  clearTimeout(timer);
  killGroup(child.pid);
  const outcome = timedOut
    ? ({ kind: "timed-out" } as const)
    : readResult(resultPath, exitCode, child.signalCode);
  const unhandled: readonly UnhandledError[] = readJson(unhandledPath) ?? [];
  const run = { outcome, unhandled, hasPrinted: await output.hasPrinted() };
  reportEvaluation(run, options, report);
  return run;
}

function childEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, TZ: "UTC", LANG: "C.UTF-8", ...stackEnvironment };
}

/** Also what the config started; that there is nothing left to kill is the usual case. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function readResult(path: string, exitCode: number, signal: number | string | null): RunOutcome {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_RESULT_BYTES) return { kind: "too-large" };
  const evaluation = readJson<Evaluation>(path);
  // What the config left running may still have ended the process in a way of its own.
  const isComplete = evaluation?.kind !== "graph" || (exitCode === 0 && signal === null);
  if (evaluation !== undefined && isComplete) return { kind: "answered", evaluation };
  return { kind: "silent", exitCode, signal: signal === null ? null : String(signal) };
}

/** Undefined where there is no such file. */
function readJson<Content>(path: string): Content | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

import { availableParallelism } from "node:os";
import { type Duration, parseDuration } from "../../kernel/duration.ts";
import { type LogLevel, logLevels } from "../../telemetry/logger.ts";
import { didYouMean, type FlagTable, type FlagValues, option, usageError } from "../args.ts";
import type { Io } from "../io.ts";

/** Flags of the commands that serve. */
export const serveFlags = {
  threads: option("N|auto", "serving threads, default auto: one for each core, at most 8"),
  "log-level": option("LEVEL", `${logLevels.join(", ")}; default info`),
  drain: option("TIME", "how long calls under way may take when stopping, default 30s"),
} as const satisfies FlagTable;

/** Where and how to serve, from the flags and the environment. */
export interface ServeSettings {
  readonly hostname: string;
  readonly port: number;
  readonly threads: number;
  readonly logLevel: LogLevel;
  readonly drainMs: number;
}

const MOST_AUTO_THREADS = 8;
const MOST_THREADS = 256;
const DEFAULT_DRAIN: Duration = "30s";

/** Notes of the commands that serve, for their help. */
export const serveNotes: readonly string[] = [
  "PORT (default 8787) and HOST (default 127.0.0.1) in the environment say where it listens.",
  "SIGTERM or SIGINT stops it after the calls under way, a second one at once.",
];

/** Reads the settings. @throws LatchkeyError LK-6103 when one is not understood. */
export function readServeSettings(flags: FlagValues<typeof serveFlags>, env: Io["env"]): ServeSettings {
  return {
    hostname: env["HOST"] || "127.0.0.1",
    port: readPort(env["PORT"]),
    threads: readThreads(flags.threads ?? "auto"),
    logLevel: readLogLevel(flags["log-level"] ?? "info"),
    drainMs: readDrain(flags.drain ?? DEFAULT_DRAIN),
  };
}

/** The port that `PORT` asks for. @throws LatchkeyError LK-6103 when it is none. */
export function readPort(text: string | undefined): number {
  if (text === undefined || text === "") return 8787;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw usageError(`PORT has to be a number from 0 to 65535, not "${text}"`);
}

function readThreads(text: string): number {
  if (text === "auto") return Math.min(availableParallelism(), MOST_AUTO_THREADS);
  const threads = Number(text);
  if (/^\d{1,3}$/.test(text) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw usageError(`--threads takes auto or a number from 1 to ${MOST_THREADS}, not "${text}"`);
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((candidate) => candidate === text);
  if (level !== undefined) return level;
  throw usageError(`There is no log level "${text}"${didYouMean(text, logLevels)}`);
}

function readDrain(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw usageError(`--drain takes a time such as 30s or 2m, not "${text}"`);
}

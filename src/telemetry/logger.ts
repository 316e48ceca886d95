import pino from "pino";
import { type LogLine, toTextLine } from "./log-line.ts";
import { redact, redactText } from "./redact.ts";

/** Fields of a log line. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Levels from most to least talkative. */
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;

/** How much is logged. */
export type LogLevel = (typeof logLevels)[number];

/** The process's own log. Events are named noun-verb: `artifact-loaded`. Nothing secret gets through. */
export interface Logger {
  readonly debug: (event: string, fields?: LogFields) => void;
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields) => void;
  readonly error: (event: string, fields?: LogFields) => void;
  /** A logger that adds fields to every line. */
  readonly child: (fields: LogFields) => Logger;
}

/** Where lines go. */
export interface LogDestination {
  /** Takes one whole line with its line feed. */
  readonly write: (line: string) => unknown;
  /** Whether a person reads along. */
  readonly isTTY?: boolean;
}

/** How lines are written and where they go. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** `json`: one object a line. `text`: for a person. Default: `text` on a terminal, else `json`. */
  readonly format?: "json" | "text";
  /** Default: standard output. */
  readonly destination?: LogDestination;
}

/** Names that a line has of its own; a field of that name is put behind a dot. */
const OWN_NAMES: readonly string[] = ["level", "time", "event"];

/** Makes a logger. It writes at once, without a thread of its own. */
export function createLogger(options: LoggerOptions): Logger {
  const destination: LogDestination = options.destination ?? process.stdout;
  const format = options.format ?? (destination.isTTY === true ? "text" : "json");
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    messageKey: "event",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
  };
  const write = (line: string): void => {
    destination.write(format === "json" ? line : `${toTextLine(JSON.parse(line) as LogLine)}\n`);
  };
  return wrap(pino(settings, { write }), {});
}

function wrap(logger: pino.Logger, fixed: LogFields): Logger {
  const at =
    (level: "debug" | "info" | "warn" | "error") =>
    (event: string, fields: LogFields = {}): void => {
      if (logger.isLevelEnabled(level)) logger[level](safeFields(fixed, fields), redactText(event));
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => wrap(logger, { ...fixed, ...fields }),
  };
}

function safeFields(fixed: LogFields, fields: LogFields): object {
  try {
    const named = Object.entries({ ...fixed, ...fields }).map(([name, value]) => [
      OWN_NAMES.includes(name) ? `.${name}` : name,
      value,
    ]);
    return redact(Object.fromEntries(named)) as object;
  } catch {
    // A getter that throws must not break whoever logs.
    return { fields: "[unreadable]" };
  }
}

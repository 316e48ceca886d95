import pino from "pino";
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

/** How lines are written and where they go. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** `json`: one object a line. `text`: for a person at a terminal. */
  readonly format: "json" | "text";
  /** Takes whole lines; default: standard output. */
  readonly write?: (line: string) => void;
}

/** Makes a logger. */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const format = options.format === "json" ? (line: string) => line : toText;
  const sink = { write: (line: string) => write(format(line)) };
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    messageKey: "event",
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
  };
  return wrap(pino(settings, sink), {});
}

function wrap(logger: pino.Logger, fixed: LogFields): Logger {
  const at =
    (level: "debug" | "info" | "warn" | "error") =>
    (event: string, fields: LogFields = {}): void => {
      if (logger.isLevelEnabled(level)) logger[level](redact({ ...fixed, ...fields }), redactText(event));
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => wrap(logger, { ...fixed, ...fields }),
  };
}

/** `12:34:56 error call-failed requestId=… error="…"`; control characters stay escaped. */
function toText(line: string): string {
  const { level, time, event, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const clock = String(time).slice(11, 19);
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${showValue(value)}`);
  return `${[clock, String(level).padEnd(5), event, ...shown].join(" ")}\n`;
}

function showValue(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return typeof value === "string" && !/^[\w./:@-]+$/.test(text) ? JSON.stringify(text) : text;
}

import { createPaint, type Paint } from "../compiler/render/paint.ts";
import type { Io, Output } from "./io.ts";

/** One of the two streams, for people. */
export interface Screen {
  /** Whether terminal colours may be used. */
  readonly colour: boolean;
  readonly paint: Paint;
  /** Screen columns; 100 where nobody knows. */
  readonly width: number;
  /** Whether it is a terminal. */
  readonly terminal: boolean;
  /** Writes a text and a line break. */
  readonly line: (text?: string) => void;
}

/** All that the command line says goes through this. */
export interface Ui {
  /** Whether machines read what is written: JSON on stdout and nothing else there. */
  readonly json: boolean;
  /** Stdout, for what was asked for; silent in JSON mode. */
  readonly out: Screen;
  /** Stderr, for diagnostics, errors and hints. */
  readonly err: Screen;
  /** Writes a value as JSON on stdout: indented unless it is one of many. Silent without `--json`. */
  readonly data: (value: unknown, form?: "document" | "line") => void;
  /** Runs a job; when it takes longer than a second, a terminal shows that it is under way. */
  readonly progress: <Result>(label: string, job: () => Promise<Result>) => Promise<Result>;
}

const DEFAULT_WIDTH = 100;
const PROGRESS_MS = 1_000;
const CLEAR_LINE = "\r\u001b[K";

/** Makes the one place that writes. */
export function createUi(io: Pick<Io, "stdout" | "stderr" | "env">, json: boolean): Ui {
  const out = createScreen(io.stdout, io.env, !json);
  const err = createScreen(io.stderr, io.env, true);
  return {
    json,
    out,
    err,
    data(value, form = "document") {
      if (!json) return;
      io.stdout.write(`${JSON.stringify(value, undefined, form === "document" ? 2 : undefined)}\n`);
    },
    async progress(label, job) {
      if (!err.terminal) return job();
      const stop = showProgress(io.stderr, label);
      try {
        return await job();
      } finally {
        stop();
      }
    },
  };
}

function createScreen(stream: Output, env: Io["env"], audible: boolean): Screen {
  const terminal = stream.isTTY === true;
  // https://no-color.org: set to anything but the empty text.
  const colour = terminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return {
    colour,
    paint: createPaint(colour),
    width: stream.columns ?? DEFAULT_WIDTH,
    terminal,
    line(text = "") {
      if (audible) stream.write(text.endsWith("\n") ? text : `${text}\n`);
    },
  };
}

function showProgress(stream: Output, label: string): () => void {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds++;
    stream.write(`${CLEAR_LINE}${label}… ${seconds} s`);
  }, PROGRESS_MS);
  return () => {
    clearInterval(timer);
    if (seconds > 0) stream.write(CLEAR_LINE);
  };
}

import { join } from "node:path";
import { LOAD_CORE } from "../contestants/contestant.ts";
import { STREAM_PIECES } from "../upstream/answers.ts";
import type { Entry } from "./arena.ts";
import { BenchError } from "./bench-error.ts";
import type { ProcessGroup } from "./process-group.ts";
import { type ProcessUsage, readProcessUsage } from "./process-usage.ts";
import { quantile } from "./stats.ts";
import {
  requestText,
  STREAM_DURATION_MS,
  type StreamPlan,
  type StreamResult,
  WINDOW_OPEN,
} from "./stream-plan.ts";

/** One contestant's figures of one round at one number of streams. */
export interface StreamRound {
  readonly contestant: string;
  readonly round: number;
  readonly streams: number;
  /** Pieces relayed per second. */
  readonly piecesPerSecond: number;
  readonly cpuMicrosecondsPerPiece: number;
  readonly busy: number;
  readonly firstByteP50Microseconds: number;
  readonly firstByteP99Microseconds: number;
  readonly residentBytes: number;
  readonly ended: number;
  readonly broken: number;
}

/** One measurement to make. */
export interface StreamLoad {
  /** Concurrent streams. */
  readonly streams: number;
  readonly requestBody: string;
  /** Events of every whole stream. */
  readonly events: number;
  readonly round: number;
  readonly seconds: number;
}

/**
 * Keeps a number of streams open through one contestant.
 * @throws BenchError when the load client fails
 */
export async function measureStreams(
  entry: Entry,
  processes: ProcessGroup,
  { streams, requestBody, events, round, seconds }: StreamLoad,
): Promise<StreamRound> {
  const plan: StreamPlan = {
    port: Number(new URL(entry.origin).port),
    request: requestText(entry.api.path, entry.headers, requestBody),
    events,
    lastEvent: entry.api.lastEvent,
    streams,
    rampMs: STREAM_DURATION_MS,
    windowMs: seconds * 1_000,
  };
  const { before, after, result } = await runStreamClient(plan, entry.pid, processes);
  const pieces = (result.events * STREAM_PIECES) / events;
  const cpuMicroseconds = after.cpuMicroseconds - before.cpuMicroseconds;
  const firstBytes = result.firstByteMicroseconds.length === 0 ? [Number.NaN] : result.firstByteMicroseconds;
  return {
    contestant: entry.name,
    round,
    streams,
    piecesPerSecond: pieces / seconds,
    cpuMicrosecondsPerPiece: cpuMicroseconds / pieces,
    busy: cpuMicroseconds / (seconds * 1_000_000),
    firstByteP50Microseconds: quantile(firstBytes, 0.5),
    firstByteP99Microseconds: quantile(firstBytes, 0.99),
    residentBytes: after.residentBytes,
    ended: result.ended,
    broken: result.broken,
  };
}

/** Runs the load client and reads the contestant's usage at both ends of the measured window. */
async function runStreamClient(
  plan: StreamPlan,
  pid: number,
  processes: ProcessGroup,
): Promise<{ before: ProcessUsage; after: ProcessUsage; result: StreamResult }> {
  const command = [process.execPath, join(import.meta.dir, "stream-client.ts"), JSON.stringify(plan)];
  const child = processes.pipe(LOAD_CORE, command);
  const problems = child.stderr.text();
  let before: ProcessUsage | undefined;
  let output = "";
  for await (const bytes of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += bytes;
    if (before === undefined && output.startsWith(WINDOW_OPEN)) before = await readProcessUsage(pid);
  }
  const after = await readProcessUsage(pid);
  const line = output.split("\n")[1];
  if (before === undefined || !line)
    throw new BenchError(`the stream client failed: ${await problems}${output}`);
  return { before, after, result: JSON.parse(line) as StreamResult };
}

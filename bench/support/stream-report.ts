import type { Answer } from "../questions/question.ts";
import { STREAM_PAUSE_MS, STREAM_PIECES } from "../upstream/answers.ts";
import { compareRounds, groupByContestant } from "./compare.ts";
import { formatCount, formatMebibytes, formatMicroseconds, formatRatio, formatShare } from "./format.ts";
import { median, type Spread } from "./stats.ts";
import type { StreamRound } from "./stream-round.ts";
import type { Table } from "./table.ts";

/** Figures of one contestant at one number of streams. */
export interface StreamSummary {
  readonly contestant: string;
  readonly streams: number;
  readonly piecesPerSecond: number;
  readonly cpuMicrosecondsPerPiece: number;
  /** nginx's CPU per piece over this one's: higher is better. */
  readonly cpuRatio: Spread | undefined;
  readonly busy: number;
  readonly firstByteP50Microseconds: number;
  readonly firstByteP99Microseconds: number;
  readonly residentBytes: number;
}

const COLUMNS = ["contestant", "pieces/s", "CPU/piece", "CPU ratio", "lowest–highest", "busy"];
const LATENCY_COLUMNS = ["first byte p50", "first byte p99", "RSS"];

/** Turns the rounds into one table for each number of streams. */
export function reportStreamLoad(rounds: readonly StreamRound[]): Answer {
  const counts = [...new Set(rounds.map((round) => round.streams))];
  const summary = counts.flatMap((count) =>
    summarizeStreams(rounds.filter(({ streams }) => streams === count)),
  );
  return {
    tables: counts.map((count) => tableOf(count, summary)),
    notes: [
      `Each stream has ${STREAM_PIECES} pieces ${STREAM_PAUSE_MS} ms apart, the usage and [DONE] coming with the last, and starts again on its connection when it has ended. First byte: from the request to the first byte of the body. Medians of rounds; CPU ratio to nginx within each round, above 1 is better than nginx.`,
      "Contestants have core 0, load and upstream core 1.",
    ],
    problems: rounds.flatMap(problemsOf),
    rounds,
    summary,
  };
}

/** One summary for each contestant of rounds with one number of streams. */
export function summarizeStreams(rounds: readonly StreamRound[]): StreamSummary[] {
  const byName = groupByContestant(rounds);
  const nginx = byName.get("nginx");
  return [...byName].map(([contestant, own]) => {
    const middle = (field: (round: StreamRound) => number): number => median(own.map(field));
    return {
      contestant,
      streams: own[0]?.streams ?? 0,
      piecesPerSecond: middle((round) => round.piecesPerSecond),
      cpuMicrosecondsPerPiece: middle((round) => round.cpuMicrosecondsPerPiece),
      cpuRatio: compareRounds(
        own,
        nginx,
        (mine, theirs) => theirs.cpuMicrosecondsPerPiece / mine.cpuMicrosecondsPerPiece,
      ),
      busy: middle((round) => round.busy),
      firstByteP50Microseconds: middle((round) => round.firstByteP50Microseconds),
      firstByteP99Microseconds: middle((round) => round.firstByteP99Microseconds),
      residentBytes: middle((round) => round.residentBytes),
    };
  });
}

function tableOf(count: number, summary: readonly StreamSummary[]): Table {
  return {
    title: `${formatCount(count)} concurrent streams`,
    columns: [...COLUMNS, ...LATENCY_COLUMNS],
    rows: summary.filter(({ streams }) => streams === count).map(row),
  };
}

function row(summary: StreamSummary): string[] {
  const ratio = summary.contestant === "direct" ? undefined : summary.cpuRatio;
  return [
    summary.contestant,
    formatCount(summary.piecesPerSecond),
    formatMicroseconds(summary.cpuMicrosecondsPerPiece),
    ratio === undefined ? "" : formatRatio(ratio.median),
    ratio === undefined ? "" : `${formatRatio(ratio.lowest)}–${formatRatio(ratio.highest)}`,
    formatShare(summary.busy),
    formatMicroseconds(summary.firstByteP50Microseconds),
    formatMicroseconds(summary.firstByteP99Microseconds),
    formatMebibytes(summary.residentBytes),
  ];
}

/** A broken stream, or none that ended, makes a round worthless. */
function problemsOf(round: StreamRound): string[] {
  const where = `${round.contestant}, ${round.streams} streams, round ${round.round}`;
  const problems: string[] = [];
  if (round.broken > 0) problems.push(`${where}: ${round.broken} broken streams`);
  if (round.ended === 0) problems.push(`${where}: no stream ended`);
  if (Number.isNaN(round.firstByteP50Microseconds)) problems.push(`${where}: no first byte was timed`);
  return problems;
}

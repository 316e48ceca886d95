import type { Answer } from "../questions/question.ts";
import { completeAnswer } from "../upstream/answers.ts";
import { formatCount, formatMebibytes, formatMicroseconds, formatRatio, formatShare } from "./format.ts";
import { MANY_CONNECTIONS, type RequestRound } from "./request-round.ts";
import { type RequestSummary, summarizeRequests } from "./request-summary.ts";

const COLUMNS = ["contestant", "requests/s", "ratio", "lowest–highest", "CPU/request", "CPU ratio", "busy"];
const LATENCY_COLUMNS = ["p50", "p99", "added p50", "added p99", "RSS"];

/** Turns the rounds into a table against nginx. */
export function reportRequestLoad(rounds: readonly RequestRound[], requestBytes: number): Answer {
  const summary = summarizeRequests(rounds);
  const title = `Requests of ${formatCount(requestBytes)} bytes, answers of ${answerBytes()} bytes`;
  return {
    tables: [{ title, columns: [...COLUMNS, ...LATENCY_COLUMNS], rows: summary.map(row) }],
    notes: [
      `requests/s, CPU, p50 and p99 over ${MANY_CONNECTIONS} connections; added latency over one connection, beyond direct. Medians of rounds; ratios to nginx within each round, above 1 is better than nginx.`,
      "Contestants have core 0, load and upstream core 1. `busy` is the contestant's share of its core: well below 100 % the load side was the limit and only the CPU figures tell.",
      "`direct` shows the upstream itself: it shares its core with the load.",
    ],
    problems: rounds.flatMap(problemsOf),
    rounds,
    summary,
  };
}

function row(summary: RequestSummary): string[] {
  const { rateRatio, cpuRatio, addedP50Microseconds, addedP99Microseconds } = summary;
  const isDirect = summary.contestant === "direct";
  return [
    summary.contestant,
    formatCount(summary.requestsPerSecond.median),
    isDirect ? "" : optional(rateRatio?.median, formatRatio),
    isDirect || rateRatio === undefined
      ? ""
      : `${formatRatio(rateRatio.lowest)}–${formatRatio(rateRatio.highest)}`,
    formatMicroseconds(summary.cpuMicrosecondsPerRequest),
    isDirect ? "" : optional(cpuRatio?.median, formatRatio),
    isDirect ? "" : formatShare(summary.busy),
    formatMicroseconds(summary.p50Microseconds),
    formatMicroseconds(summary.p99Microseconds),
    isDirect ? "" : optional(addedP50Microseconds, formatMicroseconds),
    isDirect ? "" : optional(addedP99Microseconds, formatMicroseconds),
    formatMebibytes(summary.residentBytes),
  ];
}

function optional(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? "" : format(value);
}

/** Failed calls, and answers too short to be the upstream's, make a round worthless. */
function problemsOf(round: RequestRound): string[] {
  const where = `${round.contestant}, round ${round.round}`;
  const problems: string[] = [];
  if (round.failures !== 0) problems.push(`${where}: ${round.failures} failed calls`);
  if (!(round.requests > 0)) problems.push(`${where}: no call was answered`);
  else if (!(round.bytesPerRequest >= answerBytes())) {
    problems.push(`${where}: ${Math.round(round.bytesPerRequest)} bytes an answer, too few`);
  }
  return problems;
}

function answerBytes(): number {
  const answer = completeAnswer();
  return answer.length - answer.indexOf("\r\n\r\n") - 4;
}

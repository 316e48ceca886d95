import type { Answer } from "../questions/question.ts";
import { compareRounds, groupByContestant } from "./compare.ts";
import { formatCount, formatMicroseconds, formatRatio, formatShare } from "./format.ts";
import { median, type Spread } from "./stats.ts";
import type { Table } from "./table.ts";
import type { TranslationRound } from "./translation-round.ts";
import { type LoadName, PASSED_THROUGH } from "./translation-ways.ts";

/** What one way costs under one load, over all rounds. */
export interface TranslationSummary {
  readonly contestant: string;
  readonly load: LoadName;
  readonly cpuMicroseconds: number;
  /** Its CPU over that of what is passed through, within each round: lower is better. */
  readonly cpuRatio: Spread | undefined;
  /** What `cpuRatio` may be at most. */
  readonly goal: number;
  readonly perSecond: number;
  readonly busy: number;
}

interface Load {
  readonly title: string;
  readonly unit: string;
  readonly goal: number;
}

const LOADS: Readonly<Record<LoadName, Load>> = {
  small: { title: "A small chat", unit: "request", goal: 2 },
  long: { title: "A conversation of 32 kB", unit: "request", goal: 2.5 },
  stream: { title: "Streams", unit: "piece", goal: 2 },
};

/** Turns the rounds into one table for each load. */
export function reportTranslation(rounds: readonly TranslationRound[]): Answer {
  const loads = [...new Set(rounds.map(({ load }) => load))];
  const summary = loads.flatMap((load) => summarizeLoad(rounds.filter((round) => round.load === load)));
  return {
    tables: loads.map((load) => tableOf(load, summary)),
    notes: [
      "All ways lead through the same gateway, which has core 0; load and upstream have core 1. Medians of rounds; `times` is CPU over that of the chat passed through in the same round, below 1 is cheaper than passing it through.",
      "The requests and answers of both APIs say the same.",
    ],
    problems: rounds.flatMap(problemsOf),
    rounds,
    summary,
  };
}

/** One summary for each way, of rounds with one load. */
export function summarizeLoad(rounds: readonly TranslationRound[]): TranslationSummary[] {
  const byName = groupByContestant(rounds);
  const yardstick = byName.get(PASSED_THROUGH);
  return [...byName].map(([contestant, own]) => {
    const load = own[0]?.load ?? "small";
    const ratio = (mine: TranslationRound, theirs: TranslationRound): number =>
      mine.cpuMicroseconds / theirs.cpuMicroseconds;
    return {
      contestant,
      load,
      cpuMicroseconds: median(own.map((round) => round.cpuMicroseconds)),
      cpuRatio: contestant === PASSED_THROUGH ? undefined : compareRounds(own, yardstick, ratio),
      goal: LOADS[load].goal,
      perSecond: median(own.map((round) => round.perSecond)),
      busy: median(own.map((round) => round.busy)),
    };
  });
}

function tableOf(load: LoadName, summary: readonly TranslationSummary[]): Table {
  const { title, unit } = LOADS[load];
  return {
    title,
    columns: ["way", `CPU/${unit}`, "times", "lowest–highest", "goal", "reached", `${unit}s/s`, "busy"],
    rows: summary.filter((one) => one.load === load).map(row),
  };
}

function row({ contestant, cpuMicroseconds, cpuRatio, goal, perSecond, busy }: TranslationSummary): string[] {
  const compared =
    cpuRatio === undefined
      ? ["", "", "", ""]
      : [
          formatRatio(cpuRatio.median),
          `${formatRatio(cpuRatio.lowest)}–${formatRatio(cpuRatio.highest)}`,
          `≤ ${formatRatio(goal)}`,
          cpuRatio.median <= goal ? "yes" : "no",
        ];
  return [
    contestant,
    formatMicroseconds(cpuMicroseconds),
    ...compared,
    formatCount(perSecond),
    formatShare(busy),
  ];
}

/** Failed calls, or none that was answered, make a round worthless. */
function problemsOf({ contestant, load, round, answered, failures }: TranslationRound): string[] {
  const where = `${contestant}, ${LOADS[load].title.toLowerCase()}, round ${round}`;
  const problems: string[] = [];
  if (failures !== 0) problems.push(`${where}: ${failures} failed calls`);
  if (!(answered > 0)) problems.push(`${where}: no call was answered`);
  return problems;
}

import type { Answer } from "../questions/question.ts";
import type { AccessGateway } from "./access-gateway.ts";
import { type AccessRound, type ChurnRound, churnNames } from "./access-round.ts";
import { compareRounds, groupByContestant } from "./compare.ts";
import { formatCount, formatMebibytes, formatMicroseconds, formatRatio, formatShare } from "./format.ts";
import { MANY_CONNECTIONS } from "./request-round.ts";
import { median, type Spread } from "./stats.ts";
import type { Table } from "./table.ts";

/** Everything that was measured. */
export interface AccessMeasurements {
  /** The small one first. */
  readonly gateways: readonly Pick<AccessGateway, "entry" | "startMilliseconds" | "residentBytes">[];
  readonly rounds: readonly AccessRound[];
  readonly churn: readonly ChurnRound[];
  /** Milliseconds until a change was in force. */
  readonly applied: readonly number[];
  /** Keys that were issued in a second, each in a transaction of its own. */
  readonly issuedAlone: number;
}

/** CPU of a call with many keys over that with few; 1.10 is the goal. */
const GOAL = 1.1;

/** Turns the rounds into two tables. */
export function reportAccess({ gateways, rounds, churn, applied, issuedAlone }: AccessMeasurements): Answer {
  const sizes = groupByContestant(rounds);
  const [few] = sizes.values();
  const byWay = groupByContestant(churn);
  const quiet = byWay.get(churnNames[0]);
  const summary = [
    ...[...sizes].map(([contestant, own]) => ({
      ...summaryOf(contestant, own, few),
      ...startOf(gateways, contestant),
    })),
    ...[...byWay].map(([contestant, own]) => ({
      ...summaryOf(contestant, own, quiet),
      issuedPerSecond: median(own.map((round) => round.issuedPerSecond)),
    })),
  ];
  return {
    tables: [sizeTable(sizes, gateways), churnTable(byWay)],
    notes: [
      "Many: 1,000 services, 100 tenants of 100 applications with 10 issued keys each, every application subscribed to 100 services, a tenth of them in part: hardly two applications reach the same, and each key that is issued stands for 100 subscriptions. 1,000 applications that use every service would share one grant, and 100,000 applications in one config are nobody's.",
      `Calls come over ${MANY_CONNECTIONS} connections with keys drawn at random, of 20,000 (or all 100). \`times\` is CPU over that of 100 keys in the same round; ${formatRatio(GOAL)} at most is the goal. Start: from the command to the first answer, with compiling the config. The gateway has one serving thread and, with all its threads, core 0.`,
      "While keys change, each connection rests 12 ms between calls. Another process on the load's core issues 1,000 keys a second and revokes as many, with an audit entry each, in 50 transactions: of records that the gateway does not have (what the load itself suffers), or of its own. `added` is beyond the first way in the same round.",
      `A key that was issued or revoked by another process was in force after ${formatCount(median(applied))} ms (${formatCount(Math.min(...applied))}–${formatCount(Math.max(...applied))}).`,
      `One after the other, each in a transaction of its own that is on disk before it is acknowledged and with its entry of the audit log, ${formatCount(issuedAlone)} keys were issued in a second; that is the disk's to say.`,
    ],
    problems: [...rounds, ...churn].flatMap(problemsOf),
    rounds: [...rounds, ...churn],
    summary,
  };
}

function sizeTable(
  sizes: ReadonlyMap<string, readonly AccessRound[]>,
  gateways: AccessMeasurements["gateways"],
): Table {
  const [few] = sizes.values();
  return {
    title: "Calls with few and with many keys",
    columns: [
      ...["gateway with", "requests/s", "CPU/request", "times", "lowest–highest", "busy", "p50", "p99"],
      ...["RSS at start", "RSS", "start"],
    ],
    rows: [...sizes].map(([name, own]) => {
      const { cpuTimes, ...summary } = summaryOf(name, own, few);
      const { startMilliseconds, startBytes } = startOf(gateways, name);
      return [
        name,
        ...figures(summary, cpuTimes),
        formatMicroseconds(summary.p50Microseconds),
        formatMicroseconds(summary.p99Microseconds),
        formatMebibytes(startBytes),
        formatMebibytes(summary.residentBytes),
        formatMicroseconds(startMilliseconds * 1_000),
      ];
    }),
  };
}

function churnTable(byWay: ReadonlyMap<string, readonly ChurnRound[]>): Table {
  const quiet = byWay.get(churnNames[0]);
  return {
    title: "Calls while keys are issued and revoked, 100,000 keys",
    columns: [
      ...["what changes", "keys/s", "requests/s", "CPU/request", "times", "lowest–highest", "busy", "p50"],
      ...["p99", "added p99", "lowest–highest", "RSS"],
    ],
    rows: [...byWay].map(([name, own]) => {
      const { cpuTimes, ...summary } = summaryOf(name, own, quiet);
      const added = compareRounds(
        own,
        quiet,
        (mine, theirs) => mine.p99Microseconds - theirs.p99Microseconds,
      );
      return [
        name,
        formatCount(median(own.map((round) => round.issuedPerSecond))),
        ...figures(summary, cpuTimes),
        formatMicroseconds(summary.p50Microseconds),
        formatMicroseconds(summary.p99Microseconds),
        formatMicroseconds(added?.median ?? 0),
        `${formatMicroseconds(added?.lowest ?? 0)}–${formatMicroseconds(added?.highest ?? 0)}`,
        formatMebibytes(summary.residentBytes),
      ];
    }),
  };
}

type Summary = Omit<AccessRound, "round" | "requests" | "failures">;

function summaryOf(
  contestant: string,
  own: readonly AccessRound[],
  yardstick: readonly AccessRound[] | undefined,
): Summary & { readonly cpuTimes: Spread | undefined } {
  const middle = (field: (round: AccessRound) => number): number => median(own.map(field));
  return {
    contestant,
    requestsPerSecond: middle((round) => round.requestsPerSecond),
    cpuMicrosecondsPerRequest: middle((round) => round.cpuMicrosecondsPerRequest),
    busy: middle((round) => round.busy),
    p50Microseconds: middle((round) => round.p50Microseconds),
    p99Microseconds: middle((round) => round.p99Microseconds),
    residentBytes: middle((round) => round.residentBytes),
    cpuTimes: compareRounds(
      own,
      yardstick,
      (mine, theirs) => mine.cpuMicrosecondsPerRequest / theirs.cpuMicrosecondsPerRequest,
    ),
  };
}

function figures(summary: Summary, times: Spread | undefined): readonly string[] {
  return [
    formatCount(summary.requestsPerSecond),
    formatMicroseconds(summary.cpuMicrosecondsPerRequest),
    times === undefined ? "" : formatRatio(times.median),
    times === undefined ? "" : `${formatRatio(times.lowest)}–${formatRatio(times.highest)}`,
    formatShare(summary.busy),
  ];
}

function startOf(
  gateways: AccessMeasurements["gateways"],
  name: string,
): { readonly startMilliseconds: number; readonly startBytes: number } {
  const gateway = gateways.find(({ entry }) => entry.name === name);
  return { startMilliseconds: gateway?.startMilliseconds ?? 0, startBytes: gateway?.residentBytes ?? 0 };
}

function problemsOf({ contestant, round, failures, requests }: AccessRound): readonly string[] {
  const where = `${contestant}, round ${round}`;
  if (failures !== 0) return [`${where}: ${failures} failed calls`];
  return requests > 0 ? [] : [`${where}: no call was answered`];
}

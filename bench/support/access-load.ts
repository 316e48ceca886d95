import { join } from "node:path";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { LOAD_CORE } from "../contestants/contestant.ts";
import type { Answer, QuestionContext } from "../questions/question.ts";
import { type AccessGateway, startAccessGateway, waitForKey } from "./access-gateway.ts";
import { makeAccessKeys } from "./access-keys.ts";
import { reportAccess } from "./access-report.ts";
import { type AccessRound, accessRound, type ChurnRound, churnNames } from "./access-round.ts";
import { type AccessSize, issueKey, keyEntry } from "./access-world.ts";
import { startUpstream } from "./arena.ts";
import { BenchError } from "./bench-error.ts";
import { measureCost } from "./request-round.ts";
import { takeTurns } from "./take-turns.ts";
import { writeManyKeysScript } from "./wrk.ts";

const SMALL: AccessSize = {
  services: 1,
  tenants: 1,
  appsPerTenant: 1,
  subscriptionsPerApp: 1,
  keysPerApp: 100,
};
const LARGE: AccessSize = {
  services: 1_000,
  tenants: 100,
  appsPerTenant: 100,
  subscriptionsPerApp: 100,
  keysPerApp: 10,
};
const SIZES = { "100 keys": SMALL, "100,000 keys": LARGE } as const;

/** Keys that call. */
const CALLING = 20_000;
/** Keys that are issued in a second, and revoked. */
const CHANGES_PER_SECOND = 1_000;
/** How long a connection rests between calls while keys change: calls come at about a sixth of the highest rate. */
const REST_MS = 12;
const WARM_UP_SECONDS = 3;
const ISSUING_MS = 3_000;

/** Measures a gateway with few and one with many keys, and then the latter while keys are issued and revoked. */
export async function askAccess(context: QuestionContext, body: string): Promise<Answer> {
  const upstreamKey = makeAccessKeys().used;
  const upstream = await startUpstream(context, upstreamKey);
  const gateways: AccessGateway[] = [];
  for (const [name, size] of Object.entries(SIZES)) {
    gateways.push(
      await startAccessGateway(context, { port: upstream.port, key: upstreamKey }, { name, size, body }),
    );
  }
  const rounds = await measureSizes(context, gateways, body);
  const large = gateways.at(-1);
  if (large === undefined) throw new BenchError("there is no gateway");
  const churn = await measureChurn(context, large, body);
  const applied = await measureApplied(large, body);
  const issuedAlone = await measureIssuing(large);
  return reportAccess({ gateways, rounds, churn, applied, issuedAlone });
}

async function measureSizes(
  { options, folder, processes, progress }: QuestionContext,
  gateways: readonly AccessGateway[],
  body: string,
): Promise<readonly AccessRound[]> {
  const scripted = await Promise.all(
    gateways.map(async ({ entry, keys }) => {
      const calling = { body, keys: spread(keys, CALLING), restMs: 0 };
      const name = `load-${keys.length}`;
      return { entry, scriptFile: await writeManyKeysScript(folder, name, calling) };
    }),
  );
  for (const one of scripted) {
    progress(`warming up ${one.entry.name}`);
    await measureCost(one, processes, WARM_UP_SECONDS);
  }
  const rounds: AccessRound[] = [];
  for (const { round, item } of takeTurns(scripted, options.rounds)) {
    progress(`round ${round + 1} of ${options.rounds}: ${item.entry.name}`);
    const cost = await measureCost(item, processes, options.seconds);
    rounds.push(accessRound(item.entry.name, round + 1, cost));
  }
  return rounds;
}

/** In turn nothing changes, keys of records change that the gateway does not have, and its own do. */
async function measureChurn(
  { options, folder, processes, progress }: QuestionContext,
  { entry, keys, recordsFile }: AccessGateway,
  body: string,
): Promise<readonly ChurnRound[]> {
  const calling = { body, keys: spread(keys, CALLING), restMs: REST_MS };
  const scripted = { entry, scriptFile: await writeManyKeysScript(folder, "churn", calling) };
  const files = [undefined, join(folder, "elsewhere.sqlite"), recordsFile];
  const ways = churnNames.map((name, at) => ({ name, file: files[at] }));
  const rounds: ChurnRound[] = [];
  for (const { round, item } of takeTurns(ways, options.rounds)) {
    progress(`round ${round + 1} of ${options.rounds}: ${item.name}`);
    const program = join(import.meta.dir, "../peers/change-keys.ts");
    const args = [item.file ?? "", String(CHANGES_PER_SECOND), String(options.seconds + 2)];
    const peer =
      item.file === undefined ? undefined : processes.pipe(LOAD_CORE, [process.execPath, program, ...args]);
    // The first second only issues.
    await Bun.sleep(1_500);
    const cost = await measureCost(scripted, processes, options.seconds);
    const [output, errors] =
      peer === undefined
        ? ["", ""]
        : await Promise.all([peer.stdout.text(), peer.stderr.text(), peer.exited]);
    if (peer !== undefined && peer.exitCode !== 0) throw new BenchError(`keys were not issued: ${errors}`);
    const issuedPerSecond = output === "" ? 0 : Number(JSON.parse(output).issuedPerSecond);
    rounds.push({ ...accessRound(item.name, round + 1, cost), issuedPerSecond });
  }
  return rounds;
}

/** Milliseconds from the end of a transaction of another process to the first call that goes by it. */
async function measureApplied(
  { entry, recordsFile }: AccessGateway,
  body: string,
): Promise<readonly number[]> {
  const store = openRecords(recordsFile);
  const times: number[] = [];
  for (let at = 0; at < 5; at++) {
    const { text, record } = issueKey({ tenant: "t0", app: `a${at}` });
    await store.transact(({ insert }) => insert(record));
    times.push(await waitForKey(entry, text, true, body));
    await store.transact(({ update }) => update("key", record.id, 1, { ...record.body, state: "revoked" }));
    times.push(await waitForKey(entry, text, false, body));
  }
  await store.close();
  return times;
}

/** Keys that are issued in a second where each has a transaction of its own, with its entry of the audit log. */
async function measureIssuing({ recordsFile }: AccessGateway): Promise<number> {
  const store = openRecords(recordsFile);
  const startedAt = performance.now();
  let issued = 0;
  while (performance.now() - startedAt < ISSUING_MS) {
    const { record } = issueKey({ tenant: "t0", app: `a${issued % 100}` });
    await store.transact(async ({ insert, audit }) => {
      await insert(record);
      await audit(keyEntry("key.issue", record));
    });
    issued++;
  }
  const perSecond = (issued / (performance.now() - startedAt)) * 1_000;
  await store.close();
  return perSecond;
}

/** As many of a list as are asked for, at even distances. */
function spread(all: readonly string[], count: number): readonly string[] {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, at) => at % step === 0);
}

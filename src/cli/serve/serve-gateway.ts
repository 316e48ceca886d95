import type { StoredArtifact } from "../../artifact/artifact.ts";
import { readArtifact } from "../../artifact/read.ts";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { LimitSlots } from "../../limits/limit-slots.ts";
import { RateTable } from "../../limits/rate-table.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import { createLogger, type Logger, type LogLevel } from "../../telemetry/logger.ts";
import { ensureStarterKeys, type StarterKey } from "../starter-keys.ts";
import { ensureStateFolder } from "../state-folder.ts";
import { recordsOf, secretsOf, startCallsOf, stateFiles } from "../wire.ts";
import { createAdminSide } from "./admin-side.ts";
import { DecisionsInForce } from "./decisions-in-force.ts";
import { pickPort } from "./pick-port.ts";
import { startRecordSync } from "./record-sync.ts";
import { type ServeReport, type StopReport, type Supervisor, startSupervisor } from "./supervisor.ts";

/** How to serve. */
export interface ServeGatewayOptions {
  /** Folder of the config; state is kept in its `.latchkey`. */
  readonly root: string;
  readonly hostname: string;
  /** 0: a free one. */
  readonly port: number;
  readonly threads: number;
  readonly logLevel: LogLevel;
  /** Whether logs are for a person at a terminal. */
  readonly pretty: boolean;
  /** The artifact to serve first; it has to be on disk. */
  readonly hash: string;
  readonly clock: Clock;
}

/** Milliseconds to write down the last use of keys before the threads stop. */
const SYNC_MS = 1_000;

/** What putting an artifact in force found. */
interface ArtifactInForce extends ServeReport {
  readonly starterKeys: readonly StarterKey[];
}

/** A gateway that serves. */
export interface ServedGateway {
  /** Base URL for callers on this machine. */
  readonly url: string;
  readonly supervisor: Supervisor;
  /** What the first artifact lacks and which starter keys it has. */
  readonly first: ArtifactInForce;
  /**
   * Puts another artifact in force on every thread, or on none; its starter keys are made first.
   * @throws LatchkeyError LK-6001 and following; the running one stays.
   */
  readonly serve: (hash: string) => Promise<ArtifactInForce>;
  /** Resolves when every thread goes by what the records hold now. */
  readonly applied: () => Promise<void>;
  /** Lets calls end, then stops. */
  readonly stop: (withinMs: number) => Promise<StopReport>;
}

/**
 * Serves an artifact on all threads, with the call log and the records of the config's folder.
 * @throws LatchkeyError LK-6102 when the address is in use, LK-6001 and following when the artifact cannot be
 * served, LK-6105 when the state cannot be read or written. Nothing stays running then.
 */
export async function serveGateway(options: ServeGatewayOptions): Promise<ServedGateway> {
  const { root, hostname, clock } = options;
  const { directory, keys } = stateFiles(root);
  const port = pickPort(hostname, options.port);
  ensureStateFolder(directory);
  const logger = createLogger({ level: options.logLevel, format: options.pretty ? "text" : "json" });
  const opened = await openState(root, logger, clock);
  const { records, calls } = opened;
  // By the clock of the threads, whatever this one is told to go by.
  const rates = RateTable.create(systemClock);
  const decisions = await DecisionsInForce.load({
    records,
    clock,
    slots: new LimitSlots(rates, systemClock),
    artifact: (hash) => readArtifact(directory, hash).artifact,
  }).catch(async (thrown) => {
    await opened.close();
    throw thrown;
  });
  let current: StoredArtifact | undefined;
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) throw new LatchkeyError("LK-5002", "The gateway is still starting.");
    return value;
  };
  const admin = createAdminSide({
    ...{ records, clock, logger, secrets: secretsOf(root) },
    applied: () => applied(),
    artifact: () => known(current),
    overlay: () => known(decisions.overlay),
  });
  const supervisor = await startSupervisor({
    ...options,
    port,
    directory,
    logger,
    connectCallLog: () => calls.connect(),
    connectAdmin: () => admin.connect(),
    shareRates: () => rates.share(),
    rows: (hash) => decisions.rowsFor(hash),
    onServed: (hash) => decisions.putInForce(hash),
  }).catch(async (thrown) => {
    await opened.close();
    throw thrown;
  });
  const applied = (): Promise<void> => decisions.applied(supervisor.change);
  const sync = startRecordSync({ records, supervisor, applied, logger });
  const stop = async (withinMs: number): Promise<StopReport> => {
    await admin.stop();
    const synced = sync.stop();
    // It asks the threads, of which one may not come back.
    await Promise.race([synced, Bun.sleep(SYNC_MS)]);
    const report = await supervisor.stop(withinMs);
    await synced;
    await opened.close();
    return report;
  };
  const serve = async (hash: string): Promise<ArtifactInForce> => {
    const stored = readArtifact(directory, hash);
    const { artifact } = stored;
    const starterKeys = await ensureStarterKeys(artifact, { records, directory: keys, hash });
    await applied();
    const report = await supervisor.serve(hash);
    const before = current?.hash;
    current = stored;
    await admin.deployed(before);
    return { ...report, starterKeys };
  };
  try {
    const first = await serve(options.hash);
    return { url: baseUrl(hostname, port), supervisor, first, serve, applied, stop };
  } catch (thrown) {
    await stop(0);
    throw thrown;
  }
}

async function openState(
  root: string,
  logger: Logger,
  clock: Clock,
): Promise<{
  readonly records: RecordStore;
  readonly calls: Awaited<ReturnType<typeof startCallsOf>>;
  readonly close: () => Promise<void>;
}> {
  const records = recordsOf(root, clock);
  try {
    const calls = await startCallsOf(root, logger);
    return {
      records,
      calls,
      async close() {
        await calls.close();
        await records.close();
      },
    };
  } catch (thrown) {
    await records.close();
    throw thrown;
  }
}

/** An address that listens everywhere is reached from here by its loopback form. */
function baseUrl(hostname: string, port: number): string {
  if (hostname === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (hostname === "::") return `http://[::1]:${port}`;
  return `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

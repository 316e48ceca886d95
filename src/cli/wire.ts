import { lookup } from "node:dns/promises";
import { join, resolve } from "node:path";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { SecretResolver } from "../kernel/secret.ts";
import { RateTable } from "../limits/rate-table.ts";
import { createTokenizer } from "../providers/demo/tokenizer.ts";
import { providerDrivers } from "../providers/registry.ts";
import { estimateWith } from "../runtime/apis/estimate-tokens.ts";
import type { PeerChannel } from "../runtime/apis/responses/peers.ts";
import { createGateway, type Gateway } from "../runtime/gateway.ts";
import { AdminChannel } from "../server/admin/admin-channel.ts";
import type { CallLogReader } from "../stores/ports.ts";
import type { RecordStore } from "../stores/record-store.ts";
import { openCallLog } from "../stores/sqlite/call-log-reader.ts";
import { createCallSink } from "../stores/sqlite/call-sink.ts";
import { openRecords } from "../stores/sqlite/records/open-records.ts";
import { type CallLog, startCallLog } from "../stores/sqlite/start-call-log.ts";
import { createLogger, type Logger } from "../telemetry/logger.ts";
import { fetchMedia, type MediaFetchOptions } from "../upstream/media/fetch-media.ts";
import { createSecretResolver } from "./secret-resolver.ts";
import type { ThreadStart } from "./serve/protocol.ts";

/** Milliseconds that a thread waits for its last rows to be stored when it ends. */
const FLUSH_MS = 5_000;

/** Files that callers name by URLs: as large and as slow as vendors let them be. */
const MEDIA: MediaFetchOptions = {
  maxBytes: 20 * 1024 * 1024,
  timeoutMs: 10_000,
  resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
};

/** What a serving thread works with. */
export interface OpenThread {
  readonly gateway: Gateway;
  readonly admin: AdminChannel;
  /** Hands over what is left of the call log. Answers how many rows this thread has lost. */
  readonly close: () => Promise<number>;
}

/** Puts a serving thread together: the one place that picks concrete stores and providers for it. */
export function openThread(start: ThreadStart): OpenThread {
  const logger = createLogger({ level: start.logLevel, format: start.pretty ? "text" : "json" });
  const sink = createCallSink({
    port: start.callLog,
    onProblem: (problem) => logger.error("call-log-failed", { problem }),
  });
  const tokenizer = createTokenizer();
  const gateway = createGateway({
    clock: systemClock,
    sink,
    logger,
    resolveSecret: secretsOf(start.root),
    drivers: providerDrivers({ clock: systemClock, tokenizer }),
    estimateTokens: estimateWith(tokenizer.count),
    rates: RateTable.join(start.rates, systemClock),
    peers: openPeers(`latchkey-${process.pid}`),
    fetchMedia: (url, param) => fetchMedia(url, param, MEDIA),
  });
  return {
    gateway,
    admin: new AdminChannel(start.admin),
    async close() {
      // A file that stays locked must not keep the gateway from ending.
      await Promise.race([sink.flush(), Bun.sleep(FLUSH_MS)]);
      return sink.lost();
    },
  };
}

/** The channel between the threads of this process. */
function openPeers(name: string): PeerChannel {
  const channel = new BroadcastChannel(name);
  return {
    tell: (message) => channel.postMessage(message),
    listen: (hear) => {
      channel.onmessage = ({ data }) => hear(data);
    },
    close: () => channel.close(),
  };
}

/** Secrets as seen from a config's folder. */
export function secretsOf(root: string): SecretResolver {
  return createSecretResolver({ env: process.env, resolvePath: (path) => resolve(root, path) });
}

/** Files that a gateway keeps beside its config. */
export function stateFiles(root: string) {
  const directory = join(root, ".latchkey");
  return {
    /** Artifacts, one folder each, and the `current` pointer. */
    directory,
    calls: join(directory, "calls.sqlite"),
    records: join(directory, "records.sqlite"),
    keys: join(directory, "keys"),
  };
}

/** The records of the config's folder. @throws LatchkeyError LK-6105 when they cannot be opened. */
export function recordsOf(root: string, clock: Clock = systemClock): RecordStore {
  return openRecords(stateFiles(root).records, clock);
}

/** The call log of the config's folder, to be read; empty where there is none yet. */
export function callsOf(root: string): CallLogReader {
  return openCallLog(stateFiles(root).calls);
}

/** The thread that writes the call log of the config's folder. @throws LatchkeyError LK-6105 */
export function startCallsOf(root: string, logger: Logger): Promise<CallLog> {
  const onProblem = (problem: string): void => logger.error("call-log-failed", { problem });
  return startCallLog({ file: stateFiles(root).calls, onProblem });
}

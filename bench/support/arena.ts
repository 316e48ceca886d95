import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Contestant, LOAD_CORE, type RunningContestant } from "../contestants/contestant.ts";
import { type AccessKeys, makeAccessKeys } from "./access-keys.ts";
import { type Api, chatApi } from "./api.ts";
import { BenchError } from "./bench-error.ts";
import { freePort } from "./ports.ts";
import type { ProcessGroup, StartedProcess } from "./process-group.ts";
import { waitUntilHealthy } from "./wait-until-healthy.ts";

/** A contestant that serves, by its name. */
export interface Entry extends RunningContestant {
  readonly name: string;
  readonly api: Api;
}

/** What an arena is made of. */
export interface ArenaOptions {
  readonly processes: ProcessGroup;
  readonly folder: string;
  readonly contestants: readonly Contestant[];
  /** Whether answers will be streamed. */
  readonly streams: boolean;
  readonly progress: (text: string) => void;
}

/**
 * Starts the upstream and all contestants, and makes sure that each one answers and refuses as it must.
 * @throws BenchError when one does not start or gives wrong answers
 */
export async function openArena(options: ArenaOptions, requestBody: string): Promise<Entry[]> {
  const keys = makeAccessKeys();
  const upstreamKey = makeAccessKeys().used;
  const upstream = await startUpstream(options, upstreamKey);
  const entries: Entry[] = [];
  for (const contestant of options.contestants) {
    options.progress(`starting ${contestant.name}`);
    const entry = {
      name: contestant.name,
      api: chatApi,
      ...(await startOne(contestant, options, upstream, upstreamKey, keys)),
    };
    await proveWorking(entry, requestBody);
    entries.push(entry);
  }
  return entries;
}

/**
 * Calls once as the load will and once without a key. Gives the body of the first answer.
 * @throws BenchError when the first is not a whole answer of its API or the second is let through
 */
export async function proveWorking(entry: Entry, requestBody: string): Promise<string> {
  const good = await call(entry, requestBody, entry.headers);
  const whole = entry.api.signs.every((sign) => good.text.includes(sign));
  if (good.status !== 200 || !whole) {
    throw new BenchError(`${entry.name} answered ${good.status}: ${good.text.slice(0, 500)}`);
  }
  if (!entry.checksKeys) return good.text;
  const stranger = await call(entry, requestBody, {});
  if (stranger.status !== 401) {
    throw new BenchError(`${entry.name} answered a call without a key with ${stranger.status}, not 401`);
  }
  return good.text;
}

async function call(
  entry: Entry,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string }> {
  const response = await fetch(entry.origin + entry.api.path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, text: await response.text() };
}

async function startOne(
  contestant: Contestant,
  { processes, folder, streams }: ArenaOptions,
  upstream: Upstream,
  upstreamKey: string,
  keys: AccessKeys,
): Promise<RunningContestant> {
  const ownFolder = join(folder, contestant.name.replaceAll(" ", "-"));
  await mkdir(ownFolder, { recursive: true });
  return contestant.start({
    processes,
    folder: ownFolder,
    upstreamPort: upstream.port,
    upstreamPid: upstream.process.pid,
    upstreamKey,
    keys,
    streams,
  });
}

/** The upstream that serves. */
interface Upstream {
  readonly port: number;
  readonly process: StartedProcess;
}

/**
 * Starts the upstream, which wants the given credential.
 * @throws BenchError when it does not start
 */
export async function startUpstream(
  { processes, folder }: Pick<ArenaOptions, "processes" | "folder">,
  upstreamKey: string,
): Promise<Upstream> {
  const port = freePort();
  const started = processes.start({
    name: "upstream",
    command: [process.execPath, join(import.meta.dir, "../upstream/server.ts")],
    core: LOAD_CORE,
    folder,
    environment: { PORT: String(port), UPSTREAM_KEY: upstreamKey },
  });
  await waitUntilHealthy(`http://127.0.0.1:${port}`, started);
  return { port, process: started };
}

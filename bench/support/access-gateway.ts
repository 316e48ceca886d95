import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { bearer } from "../contestants/contestant.ts";
import { startGateway } from "../contestants/gateway.ts";
import type { QuestionContext } from "../questions/question.ts";
import { accessConfigText } from "./access-config.ts";
import { fillRecords, recordsFile } from "./access-records.ts";
import type { AccessSize } from "./access-world.ts";
import { chatApi } from "./api.ts";
import { type Entry, proveWorking } from "./arena.ts";
import { BenchError } from "./bench-error.ts";
import { readProcessUsage } from "./process-usage.ts";

/** The upstream of a run, as gateways have to know it. */
export interface AccessUpstream {
  readonly port: number;
  readonly key: string;
}

/** A gateway whose records hold an `AccessSize`. */
export interface AccessGateway {
  readonly entry: Entry;
  /** Texts of all keys. */
  readonly keys: readonly string[];
  readonly recordsFile: string;
  readonly startMilliseconds: number;
  /** Memory before the first call. */
  readonly residentBytes: number;
}

/**
 * Writes the records and starts the gateway.
 * @throws BenchError when it does not come up, or does not answer and refuse as it must
 */
export async function startAccessGateway(
  { processes, folder, progress }: QuestionContext,
  upstream: AccessUpstream,
  { name, size, body }: { readonly name: string; readonly size: AccessSize; readonly body: string },
): Promise<AccessGateway> {
  const ownFolder = join(folder, name.replaceAll(/\W+/g, "-"));
  await mkdir(ownFolder, { recursive: true });
  progress(`writing the records of ${name}`);
  const keys = await fillRecords(ownFolder, size);
  progress(`starting the gateway of ${name}`);
  const startedAt = performance.now();
  const { origin, started } = await startGateway(
    { processes, folder: ownFolder, upstreamKey: upstream.key },
    accessConfigText(size, upstream.port),
  );
  const startMilliseconds = performance.now() - startedAt;
  const { residentBytes } = await readProcessUsage(started.pid);
  const headers = bearer(keys.at(-1) ?? "");
  const entry = { name, api: chatApi, origin, pid: started.pid, headers, checksKeys: true };
  await proveWorking(entry, body);
  return { entry, keys, recordsFile: recordsFile(ownFolder), startMilliseconds, residentBytes };
}

/**
 * Waits until a key works, or works no longer. Gives the milliseconds that it took.
 * @throws BenchError when it takes longer than five seconds
 */
export async function waitForKey(
  { origin, api }: Pick<Entry, "origin" | "api">,
  key: string,
  works: boolean,
  body: string,
): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < 5_000) {
    const response = await fetch(origin + api.path, {
      method: "POST",
      headers: { "content-type": "application/json", ...api.headers(key) },
      body,
    });
    await response.body?.cancel();
    if ((response.status === 200) === works) return performance.now() - startedAt;
    await Bun.sleep(2);
  }
  throw new BenchError(`a key that was ${works ? "issued" : "revoked"} made no difference within 5 s`);
}

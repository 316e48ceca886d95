import { heapStats } from "bun:jsc";
import type { CallRecord } from "../../../src/canonical/call-record.ts";
import { startGateway } from "../../support/gateway-fixture.ts";

/**
 * A gateway in a process of its own, which says what it keeps in memory: `bun measured-gateway.ts <upstream's base URL>`.
 * Tells `{url, key}` once it listens, and `Measure` each time that it is sent anything.
 */
export interface Measure {
  /** What the engine's heap holds after a collection, in bytes. */
  readonly heapBytes: number;
  readonly objects: number;
  /** What the process takes of the machine's memory, in bytes. */
  readonly residentBytes: number;
  readonly callsUnderWay: number;
  readonly rows: number;
}

const gateway = await startGateway({ baseUrls: [process.argv[2] ?? ""] });
// The log is in memory for tests alone, and no part of what is measured.
const rows = gateway.rows as CallRecord[];
let count = 0;

async function measure(): Promise<Measure> {
  await gateway.gateway.idle();
  count += rows.splice(0).length;
  // What finalizers let go is free at the next collection; code that was compiled for speed would count as kept.
  for (let round = 0; round < 3; round++) {
    Bun.gc(true);
    Bun.shrink();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapSize, objectCount } = heapStats();
  return {
    heapBytes: heapSize,
    objects: objectCount,
    residentBytes: process.memoryUsage.rss(),
    callsUnderWay: gateway.gateway.active(),
    rows: count,
  };
}

process.on("message", () => void measure().then((measured) => process.send?.(measured)));
process.on("disconnect", () => process.exit(0));
process.send?.({ url: gateway.url, key: gateway.key });

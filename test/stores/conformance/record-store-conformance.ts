import { recordsConformance } from "./records.ts";
import type { MakeStore } from "./store-under-test.ts";

/** What every record store has to do, whatever it keeps its records in. */
export function recordStoreConformance(make: MakeStore): void {
  recordsConformance(make);
}

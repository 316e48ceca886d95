import { auditConformance } from "./audit.ts";
import { changesConformance } from "./changes.ts";
import { isolationConformance } from "./isolation.ts";
import { recordsConformance } from "./records.ts";
import { scaleConformance } from "./scale.ts";
import type { MakeStore } from "./store-under-test.ts";
import { transactionsConformance } from "./transactions.ts";

/** What every record store has to do, whatever it keeps its records in. */
export function recordStoreConformance(make: MakeStore): void {
  recordsConformance(make);
  transactionsConformance(make);
  changesConformance(make);
  auditConformance(make);
  isolationConformance(make);
  scaleConformance(make);
}

import type { Artifact } from "../artifact/artifact.ts";

import type { Networks } from "../kernel/networks.ts";
import type { BackendTable } from "./backends/backend-table.ts";
import type { RouteTable } from "./endpoint-table.ts";
import type { KeyTable } from "./key-table.ts";
import type { ModelEntry } from "./target-table.ts";

/** Everything that requests look at. Built from one artifact and replaced as a whole; of what it holds, the keys change in place. */
export interface Tables {
  readonly artifact: Artifact;
  readonly hash: string;
  readonly keys: KeyTable;
  readonly models: readonly ModelEntry[];
  readonly modelsByName: ReadonlyMap<string, ModelEntry>;
  readonly routes: RouteTable;
  readonly backends: BackendTable;
  /** Proxies whose word on where a request comes from counts. */
  readonly trustedProxies: Networks;
  /** Header lines that every answer carries. */
  readonly headers: string;
  /** Calls that began with these tables and have not ended; the one thing here that changes. */
  readonly calls: { underWay: number };
  /** Releases what only these tables use, once no call is under way on them. */
  readonly release: () => void;
}

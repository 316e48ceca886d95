import type { Artifact } from "../artifact/artifact.ts";

import type { BackendTable } from "./backends/backend-table.ts";
import type { RouteTable } from "./endpoint-table.ts";
import type { KeyTable } from "./key-table.ts";
import type { ModelEntry } from "./target-table.ts";

/** Everything that requests look at. Built from one artifact and replaced as a whole, never changed. */
export interface Tables {
  readonly artifact: Artifact;
  readonly hash: string;
  readonly keys: KeyTable;
  readonly models: readonly ModelEntry[];
  readonly modelsByName: ReadonlyMap<string, ModelEntry>;
  readonly routes: RouteTable;
  readonly backends: BackendTable;
  /** Body of `GET /v1/models` by grant id, made when first asked for. */
  readonly modelLists: Map<number, Uint8Array<ArrayBuffer>>;
  readonly services: ServiceIndex;
  /** Header lines that every answer carries. */
  readonly headers: string;
  /** Calls that began with these tables and have not ended; the one thing here that changes. */
  readonly calls: { underWay: number };
  /** Releases what only these tables use, once no call is under way on them. */
  readonly release: () => void;
}

/** Finds the service through which an application reaches something. */
export interface ServiceIndex {
  readonly ofModel: (appId: number, modelId: number) => string | null;
  readonly ofEndpoint: (appId: number, endpointId: number) => string | null;
  readonly ofBackend: (appId: number, backendId: number) => string | null;
}

/** Services by application, indexed when an application first calls. The first one that offers a thing counts. */
export function createServiceIndex(artifact: Artifact): ServiceIndex {
  const models = new Map<number, Map<number, string>>();
  const endpoints = new Map<number, Map<number, string>>();
  const backends = new Map<number, Map<number, string>>();
  const indexed = (
    cache: Map<number, Map<number, string>>,
    appId: number,
    offers: "models" | "endpoints" | "backends",
  ): ReadonlyMap<number, string> => {
    const known = cache.get(appId);
    if (known !== undefined) return known;
    const index = new Map<number, string>();
    for (const serviceId of artifact.apps[appId]?.uses ?? []) {
      const service = artifact.services[serviceId];
      for (const id of service?.[offers] ?? []) if (!index.has(id)) index.set(id, service?.name ?? "");
    }
    cache.set(appId, index);
    return index;
  };
  return {
    ofModel: (appId, modelId) => indexed(models, appId, "models").get(modelId) ?? null,
    ofEndpoint: (appId, endpointId) => indexed(endpoints, appId, "endpoints").get(endpointId) ?? null,
    ofBackend: (appId, backendId) => indexed(backends, appId, "backends").get(backendId) ?? null,
  };
}

import type { Artifact, ArtifactEndpoint, ArtifactPrompt } from "../artifact/artifact.ts";
import type { FunctionsModule, Validator } from "../artifact/function-ref.ts";
import { assert } from "../kernel/assert.ts";

import { type OutputFormat, outputFormat } from "./endpoint/output-format.ts";
import { lifecycleLines, retirementWords, type Successor } from "./lifecycle-lines.ts";
import type { ModelEntry } from "./target-table.ts";

/** An endpoint version as the request path sees it. */
export interface EndpointEntry {
  readonly id: number;
  /** `name@version`, for the log. */
  readonly label: string;
  readonly status: ArtifactEndpoint["status"];
  /** What callers read once it is retired. */
  readonly retired: string;
  /** See `lifecycleLines`. */
  readonly lifecycle: string;
  readonly model: ModelEntry;
  readonly prompt: ArtifactPrompt;
  readonly checkInput: Validator;
  /** Null: the endpoint answers text. */
  readonly output: { readonly check: Validator; readonly format: OutputFormat } | null;
  readonly maxOutputTokens: number | null;
  readonly temperature: number | null;
}

/** Path → endpoint version. */
export type RouteTable = ReadonlyMap<string, EndpointEntry>;

/** Builds the table of `/api/…` paths. */
export function buildRoutes(
  artifact: Artifact,
  models: readonly ModelEntry[],
  functions: FunctionsModule | null,
): RouteTable {
  const endpoints = artifact.endpoints.map((endpoint, id) =>
    buildEndpoint(endpoint, id, models, functions, {
      lifecycle: lifecycleOf(artifact, id),
      successor: successorOf(artifact, id),
    }),
  );
  const table = new Map<string, EndpointEntry>();
  for (const route of artifact.routes) {
    const endpoint = endpoints[route.endpoint];
    assert(endpoint !== undefined, `route ${route.path} has no endpoint`);
    table.set(route.path, endpoint);
  }
  return table;
}

function buildEndpoint(
  endpoint: ArtifactEndpoint,
  id: number,
  models: readonly ModelEntry[],
  functions: FunctionsModule | null,
  { lifecycle, successor }: { readonly lifecycle: string; readonly successor: Successor | null },
): EndpointEntry {
  const model = models[endpoint.model];
  assert(model !== undefined, `endpoint ${endpoint.name} has no model`);
  const validator = (name: string): Validator => {
    const found = functions?.validators[name];
    assert(found !== undefined, `functions.js has no validator ${name}`);
    return found;
  };
  const label = `${endpoint.name}@${endpoint.version}`;
  return {
    id,
    label,
    status: endpoint.status,
    retired: retirementWords(label, successor),
    lifecycle,
    model,
    prompt: endpoint.prompt,
    checkInput: validator(endpoint.checkInput),
    output:
      endpoint.output === null || endpoint.checkOutput === null
        ? null
        : { check: validator(endpoint.checkOutput), format: outputFormat(endpoint.name, endpoint.output) },
    maxOutputTokens: endpoint.maxOutputTokens,
    temperature: endpoint.temperature,
  };
}

function lifecycleOf(artifact: Artifact, id: number): string {
  const { status = "published", deprecatedAtMs = null, sunsetAtMs = null } = artifact.endpoints[id] ?? {};
  const successorPath = successorOf(artifact, id)?.path ?? null;
  return lifecycleLines({ status, deprecatedAtMs, sunsetAtMs, successorPath });
}

function successorOf({ endpoints, routes }: Artifact, id: number): Successor | null {
  const successor = endpoints[id]?.successor ?? null;
  const next = endpoints[successor ?? -1];
  const route = routes.find(({ endpoint }) => endpoint === successor);
  if (next === undefined || route === undefined) return null;
  return { label: `${next.name}@${next.version}`, path: route.path };
}

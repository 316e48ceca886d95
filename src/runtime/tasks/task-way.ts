import type { ArtifactProvider } from "../../artifact/artifact.ts";
import type { Rewrite } from "../../dialects/passthrough.ts";
import type { TaskTraits } from "../../dialects/task/task-dialect.ts";
import type { HeaderPair, ProviderConnection } from "../../providers/provider.ts";
import { passPath, providerApis, type TaskApiName } from "./provider-api.ts";

/** How a target is spoken to through one of the further APIs. Made when the tables are. */
export interface TaskWay {
  readonly shape: string;
  readonly traits: TaskTraits;
  /** Whether the provider has the shape without departures, so that bytes of the same shape may pass. */
  readonly isPlain: boolean;
  readonly rewrite: Rewrite;
  /** Path of requests that pass, and of most others. */
  readonly path: string;
  /**
   * Head of a call, see `UpstreamCall.head`: made beforehand for `path`, and once for each of the few others that a
   * shape has for a target. Never shown or logged.
   */
  readonly head: (path: string) => string;
}

const encoder = new TextEncoder();

/** The way to a model of a provider; `undefined` where the provider lacks the API or its shape is none that is known. */
export function taskWay(
  api: TaskApiName,
  { apis }: ArtifactProvider,
  upstreamModel: string,
  connection: ProviderConnection,
): TaskWay | undefined {
  const row = providerApis[api];
  const found = Object.hasOwn(apis, api) ? apis[api] : undefined;
  if (found === undefined || !row.shapes.includes(found.shape)) return undefined;
  const { shape, quirks } = found;
  const isPlain = Object.keys(quirks).length === 0;
  const traits = { upstreamModel, path: found.path, ...(!isPlain && { quirks }) };
  const path = passPath(row, shape, traits);
  const headers: readonly HeaderPair[] = row.accept === undefined ? [] : [["accept", row.accept]];
  const make = (of: string): string => connection.head({ path: of, headers });
  const heads = new Map([[path, make(path)]]);
  return {
    shape,
    traits,
    isPlain,
    path,
    rewrite: { modelJson: encoder.encode(JSON.stringify(upstreamModel)), askForUsage: false },
    head(of) {
      const head = heads.get(of) ?? make(of);
      heads.set(of, head);
      return head;
    },
  };
}

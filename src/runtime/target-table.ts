import type { Artifact, ArtifactPrice, ArtifactProvider, ArtifactTarget } from "../artifact/artifact.ts";
import type { TargetTraits } from "../dialects/dialect.ts";
import { chatDialects } from "../dialects/registry.ts";
import type { ProviderConnection } from "../providers/provider.ts";
import type { UpstreamTimeouts } from "../upstream/upstream.ts";
import { buildWays, ownWay, type TargetWay, type TargetWays } from "./target-way.ts";

/** A target as the request path sees it: everything that a call to it needs, made beforehand. */
export interface TargetEntry {
  /** `provider/model id`, for the log. */
  readonly name: string;
  readonly connection: ProviderConnection;
  readonly upstreamModel: string;
  /** Tokens; null: unknown. */
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  /** How it is spoken to for callers of each dialect. */
  readonly ways: TargetWays;
  /** How it is spoken to for what the gateway itself asks. */
  readonly ownWay: TargetWay;
  readonly price: ArtifactPrice | null;
  readonly timeouts: UpstreamTimeouts;
  /** Limits while other targets are left to try. */
  readonly timeoutsBeforeLast: UpstreamTimeouts;
}

/** A model as the request path sees it. */
export interface ModelEntry {
  readonly id: number;
  readonly name: string;
  readonly summary: string | null;
  /** Sizes that hold whichever target answers, tokens; absent where one is unknown. */
  readonly contextWindow: number | undefined;
  readonly maxOutputTokens: number | undefined;
  /** Usable targets in the order in which they are tried; those without their secret are left out. */
  readonly targets: readonly TargetEntry[];
  /** Headers that every answer of this model carries. */
  readonly headers: Headers;
}

/** Builds the models with their usable targets. `connections` is indexed by provider id. */
export function buildModels(
  artifact: Artifact,
  hash: string,
  connections: readonly (ProviderConnection | undefined)[],
): readonly ModelEntry[] {
  return artifact.models.map((model, id) => {
    const usable = model.targets.flatMap((targetId) => {
      const target = artifact.targets[targetId];
      const provider = target && artifact.providers[target.provider];
      const connection = target && connections[target.provider];
      if (target === undefined || provider === undefined || connection === undefined) return [];
      const dialect = target.dialect === null ? undefined : chatDialects[target.dialect];
      if (dialect === undefined) return [];
      const timeouts = timeoutsOf(provider);
      const firstByteMs = model.routing.firstTokenMs ?? timeouts.firstByteMs;
      const source = {
        connection,
        target,
        dialect,
        traits: traitsOf(target),
        askForUsage: provider.streamUsage,
      };
      const own = ownWay(source);
      return [
        {
          name: `${provider.name}/${target.upstreamModel}`,
          connection,
          upstreamModel: target.upstreamModel,
          contextWindow: target.contextWindow,
          maxOutputTokens: target.maxOutputTokens,
          ways: buildWays(source, own),
          ownWay: own,
          price: target.price,
          timeouts,
          timeoutsBeforeLast: { ...timeouts, firstByteMs },
        },
      ];
    });
    const headers = new Headers({
      "content-type": "application/json",
      "x-latchkey-artifact": hash,
      "x-latchkey-model": model.name,
    });
    return {
      id,
      name: model.name,
      summary: model.summary,
      contextWindow: smallest(usable.map(({ contextWindow }) => contextWindow)),
      maxOutputTokens: smallest(usable.map(({ maxOutputTokens }) => maxOutputTokens)),
      targets: usable.slice(0, model.routing.attempts),
      headers,
    };
  });
}

function smallest(sizes: readonly (number | null)[]): number | undefined {
  const known = sizes.filter((size) => size !== null);
  return known.length === 0 || known.length < sizes.length ? undefined : Math.min(...known);
}

function traitsOf({ upstreamModel, quirks, maxOutputTokens, lacks }: ArtifactTarget): TargetTraits {
  return {
    upstreamModel,
    ...(Object.keys(quirks).length > 0 && { quirks }),
    ...(maxOutputTokens !== null && { maxOutputTokens }),
    ...(lacks.length > 0 && { lacks }),
  };
}

function timeoutsOf({ timeouts }: ArtifactProvider): UpstreamTimeouts {
  return {
    connectMs: timeouts.connectMs,
    firstByteMs: timeouts.firstTokenMs,
    idleMs: timeouts.idleMs,
    totalMs: timeouts.totalMs,
  };
}

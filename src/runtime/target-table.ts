import type { Artifact, ArtifactPrice, ArtifactProvider, ArtifactTarget } from "../artifact/artifact.ts";
import type { TargetTraits } from "../dialects/dialect.ts";
import { chatDialects } from "../dialects/registry.ts";
import { headerLine } from "../http/exchange.ts";
import type { ProviderConnection } from "../providers/provider.ts";
import type { UpstreamTimeouts } from "../upstream/upstream.ts";
import { buildWays, ownWay, type TargetWay, type TargetWays } from "./target-way.ts";
import { type TaskApiName, taskApiNames } from "./tasks/provider-api.ts";
import { type TaskWay, taskWay } from "./tasks/task-way.ts";

/** A target as whatever calls it sees it, through whichever API. */
export interface UpstreamTarget {
  /** `provider/model id`, for the log. */
  readonly name: string;
  /** Name of its provider. */
  readonly provider: string;
  readonly connection: ProviderConnection;
  readonly upstreamModel: string;
  readonly price: ArtifactPrice | null;
  readonly timeouts: UpstreamTimeouts;
  /** Limits while other targets are left to try. */
  readonly timeoutsBeforeLast: UpstreamTimeouts;
}

/** A target for conversations: everything that a call to it needs, made beforehand. */
export interface TargetEntry extends UpstreamTarget {
  /** Tokens; null: unknown. */
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  /** How it is spoken to for callers of each dialect. */
  readonly ways: TargetWays;
  /** How it is spoken to for what the gateway itself asks. */
  readonly ownWay: TargetWay;
}

/** A target for one of the further APIs. */
export interface TaskTarget extends UpstreamTarget {
  readonly way: TaskWay;
}

/** A model as the request path sees it. */
export interface ModelEntry {
  readonly id: number;
  readonly name: string;
  readonly summary: string | null;
  /** When the model of its first target came out, seconds since the Unix epoch; absent: unknown. */
  readonly createdS?: number;
  /** Sizes that hold whichever target answers, tokens; absent where one is unknown. */
  readonly contextWindow: number | undefined;
  readonly maxOutputTokens: number | undefined;
  /** Usable targets for conversations in the order in which they are tried; those without their secret are left out. */
  readonly targets: readonly TargetEntry[];
  /** Usable targets by further APIs, in the same order. */
  readonly taskTargets: TaskTargets;
  /** Whether there is any usable target, whatever it can be called for. */
  readonly isUsable: boolean;
  /** Header lines that every answer of this model carries. */
  readonly headers: string;
}

/** Targets of a model by the further APIs that their providers have. */
export type TaskTargets = Readonly<Partial<Record<TaskApiName, readonly TaskTarget[]>>>;

/** A usable target before it is known what it is called for. */
interface Usable {
  readonly base: UpstreamTarget;
  readonly target: ArtifactTarget;
  readonly provider: ArtifactProvider;
}

/** Builds the models with their usable targets. `connections` is indexed by provider id. */
export function buildModels(
  artifact: Artifact,
  hash: string,
  connections: readonly (ProviderConnection | undefined)[],
): readonly ModelEntry[] {
  return artifact.models.map(({ name, summary, releasedOn, targets, routing }, id) => {
    const usable = targets.flatMap((targetId): readonly Usable[] => {
      const target = artifact.targets[targetId];
      const provider = target && artifact.providers[target.provider];
      const connection = target && connections[target.provider];
      if (target === undefined || provider === undefined || connection === undefined) return [];
      return [{ base: baseOf(provider, target, connection, routing.firstTokenMs), target, provider }];
    });
    const headers = headerLine("x-latchkey-artifact", hash) + headerLine("x-latchkey-model", name);
    return {
      id,
      name,
      summary,
      ...(releasedOn !== undefined && { createdS: Date.parse(releasedOn) / 1_000 }),
      contextWindow: smallest(usable.map(({ target }) => target.contextWindow)),
      maxOutputTokens: smallest(usable.map(({ target }) => target.maxOutputTokens)),
      targets: usable.flatMap(chatTargets).slice(0, routing.attempts),
      taskTargets: taskTargets(usable, routing.attempts),
      isUsable: usable.length > 0,
      headers,
    };
  });
}

function baseOf(
  provider: ArtifactProvider,
  { upstreamModel, price }: ArtifactTarget,
  connection: ProviderConnection,
  firstTokenMs: number | null,
): UpstreamTarget {
  const timeouts = timeoutsOf(provider);
  return {
    name: `${provider.name}/${upstreamModel}`,
    provider: provider.name,
    connection,
    upstreamModel,
    price,
    timeouts,
    timeoutsBeforeLast: { ...timeouts, firstByteMs: firstTokenMs ?? timeouts.firstByteMs },
  };
}

/** The target for conversations; none where it is no chat model. */
function chatTargets({ base, target, provider }: Usable): readonly TargetEntry[] {
  const dialect = target.dialect === null ? undefined : chatDialects[target.dialect];
  if (dialect === undefined) return [];
  const { contextWindow, maxOutputTokens } = target;
  const { connection } = base;
  const source = { connection, target, dialect, traits: traitsOf(target), askForUsage: provider.streamUsage };
  const own = ownWay(source);
  return [{ ...base, contextWindow, maxOutputTokens, ways: buildWays(source, own), ownWay: own }];
}

function taskTargets(usable: readonly Usable[], attempts: number): TaskTargets {
  const lists = taskApiNames.map((api) => {
    const targets = usable.flatMap(({ base, target, provider }): readonly TaskTarget[] => {
      const way = taskWay(api, provider, target.upstreamModel, base.connection);
      return way === undefined ? [] : [{ ...base, way }];
    });
    return [api, targets.slice(0, attempts)] as const;
  });
  return Object.fromEntries(lists.filter(([, targets]) => targets.length > 0));
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

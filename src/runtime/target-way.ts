import type { ArtifactTarget } from "../artifact/artifact.ts";
import type { CallerDialect, CallerDialectName, ChatDialect, TargetTraits } from "../dialects/dialect.ts";
import type { Rewrite } from "../dialects/passthrough.ts";
import { callerDialects } from "../dialects/registry.ts";
import type { ProviderConnection } from "../providers/provider.ts";

/** How a target is spoken to on behalf of callers of one dialect. Made when the tables are. */
export interface TargetWay {
  readonly dialect: ChatDialect;
  readonly traits: TargetTraits;
  /** Where the dialect's paths begin below the provider's base URL. */
  readonly basePath: string;
  /** Whether the caller's bytes may pass through, because the target speaks the caller's dialect. */
  readonly isSame: boolean;
  /** Texts with which a request does not pass through after all: the target knows them by another name. */
  readonly foreignTexts: readonly string[];
  readonly rewrite: Rewrite;
  /** Heads of the calls for a whole answer and for a stream, see `UpstreamCall.head`. Never shown or logged. */
  readonly wholeHead: string;
  readonly streamHead: string;
}

/** The ways to a target by the caller's dialect. */
export type TargetWays = Readonly<Partial<Record<CallerDialectName, TargetWay>>>;

/** What the ways to a target are made of. */
export interface WaySource {
  readonly connection: ProviderConnection;
  readonly target: ArtifactTarget;
  readonly dialect: ChatDialect;
  readonly traits: TargetTraits;
  readonly askForUsage: boolean;
}

const encoder = new TextEncoder();

/** The way to a target in its own words, for what the gateway itself asks. */
export function ownWay(source: WaySource): TargetWay {
  return makeWay(source, { dialect: source.dialect, basePath: source.target.basePath }, false);
}

/**
 * The ways for callers of every dialect: their own where the target speaks it, too, otherwise the target's.
 */
export function buildWays(source: WaySource, own: TargetWay): TargetWays {
  const { target, traits } = source;
  const way = (caller: CallerDialect): TargetWay => {
    const further = target.alsoSpeaks.find(({ dialect }) => dialect === caller.name);
    if (caller.name !== source.dialect.name && further === undefined) return own;
    const passes = further === undefined ? (caller.passthrough.foreignTexts?.(traits) ?? []) : [];
    if (passes === "all") return own;
    return makeWay(source, { dialect: caller, basePath: (further ?? target).basePath }, true, passes);
  };
  return Object.fromEntries(Object.values(callerDialects).map((caller) => [caller.name, way(caller)]));
}

function makeWay(
  { connection, traits, askForUsage }: WaySource,
  { dialect, basePath }: { readonly dialect: ChatDialect; readonly basePath: string },
  isSame: boolean,
  foreignTexts: readonly string[] = [],
): TargetWay {
  const paths = dialect.egress.paths(traits);
  return {
    dialect,
    traits,
    basePath,
    isSame,
    foreignTexts,
    rewrite: { modelJson: encoder.encode(JSON.stringify(traits.upstreamModel)), askForUsage },
    wholeHead: connection.head({ path: basePath + paths.whole }),
    streamHead: connection.head({ path: basePath + paths.stream }),
  };
}

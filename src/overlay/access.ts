import type { OfferKind } from "../artifact/offer-kind.ts";
import { type Explanation, explain } from "./explain.ts";
import type { Overlay, OverlayKey } from "./overlay.ts";
import { reachNames } from "./reach-names.ts";

/** Which part of the matrix is wanted. All conditions that are given must hold. */
export interface AccessFilter {
  readonly tenant?: string;
  readonly app?: string;
  /** Reference of a key, see `OverlayKey`. */
  readonly key?: string;
  readonly service?: string;
  /** Name of a model, or of an endpoint or backend with or without its version. */
  readonly thing?: string;
}

/** What one key reaches through one service. Things that several services open stand with the first. */
export interface AccessRow {
  readonly tenant: string;
  readonly app: string;
  /** Reference of the key, see `OverlayKey`. */
  readonly key: string;
  readonly service: string;
  readonly models: readonly string[];
  /** As `name@version`. */
  readonly endpoints: readonly string[];
  readonly backends: readonly string[];
}

/**
 * Who may call what: the matrix key × service × thing, from the same rows that serving threads go by. Keys that have
 * expired are not in it; versions that are retired are, for whoever reaches them is told so.
 */
export function* accessRows(overlay: Overlay, filter: AccessFilter = {}): Generator<AccessRow> {
  for (const key of overlay.keys()) {
    if (hasExpired(key, overlay.now())) continue;
    if (filter.tenant !== undefined && key.tenant !== filter.tenant) continue;
    if (filter.app !== undefined && key.app !== filter.app) continue;
    if (filter.key !== undefined && key.reference !== filter.key) continue;
    const seen = { models: new Set<string>(), endpoints: new Set<string>(), backends: new Set<string>() };
    for (const use of overlay.usesOf(key)) {
      const reach = reachNames(overlay.index, [use]);
      const fresh = (kind: OfferKind): readonly string[] =>
        reach[kind].filter((name) => !seen[kind].has(name) && seen[kind].add(name));
      const row = {
        ...{ tenant: key.tenant, app: key.app, key: key.reference },
        service: overlay.index.artifact.services[use.service]?.name ?? "",
        ...{ models: fresh("models"), endpoints: fresh("endpoints"), backends: fresh("backends") },
      };
      if (matches(row, filter)) yield row;
    }
  }
}

function matches(row: AccessRow, { service, thing }: AccessFilter): boolean {
  if (row.models.length + row.endpoints.length + row.backends.length === 0) return false;
  if (service !== undefined && row.service !== service) return false;
  if (thing === undefined) return true;
  return (
    row.models.includes(thing) ||
    [...row.endpoints, ...row.backends].some((name) => name === thing || name.startsWith(`${thing}@`))
  );
}

/** Why a key may call a thing, or may not. */
export interface ExplainedThing extends Explanation {
  readonly kind: OfferKind;
  /** Name, with the version of an endpoint or a backend. */
  readonly name: string;
}

/**
 * Explains a key's access to every model, endpoint version or backend version of a name.
 * @param audience `tenant`: the key's own, which hears of no service, and of no draft, that is not its to see
 */
export function explainAccess(
  overlay: Overlay,
  key: OverlayKey,
  thing: string,
  audience: "operator" | "tenant" = "operator",
): readonly ExplainedThing[] {
  const { index } = overlay;
  return (["models", "endpoints", "backends"] as const).flatMap((kind) =>
    (index.offers[kind].get(thing) ?? []).flatMap((id) => {
      const row: { readonly name: string; readonly version?: string } | undefined = index.artifact[kind][id];
      const name = row?.version === undefined ? thing : `${row.name}@${row.version}`;
      const question = { ...overlay.question(key, kind, id), isForTenant: audience === "tenant" };
      const explanation = withStatus(overlay, kind, id, explain(index, question));
      if (audience === "tenant" && explanation.service === null) return [];
      return [{ kind, name, ...withKey(key, question.nowMs, explanation) }];
    }),
  );
}

/** A version that is retired answers nobody, also where everything else holds. */
function withStatus({ index }: Overlay, kind: OfferKind, id: number, explanation: Explanation): Explanation {
  const isRetired = kind !== "models" && index.artifact[kind][id]?.status === "retired";
  if (!explanation.allowed || !isRetired) return explanation;
  const link = { holds: false, says: "it is retired, so calls are answered with 410" };
  return { ...explanation, allowed: false, chain: [...explanation.chain, link] };
}

function hasExpired({ row: { expiresAtMs } }: OverlayKey, nowMs: number): boolean {
  return expiresAtMs !== null && nowMs >= expiresAtMs;
}

/** A key that has expired opens nothing, whatever it would reach. */
function withKey(key: OverlayKey, nowMs: number, explanation: Explanation): Explanation {
  const { reference } = key;
  const holds = !hasExpired(key, nowMs);
  const link = { holds, says: `the key ${reference} ${holds ? "works" : "has expired"}` };
  if (!holds) return { ...explanation, allowed: false, chain: [link] };
  return { ...explanation, chain: [link, ...explanation.chain] };
}

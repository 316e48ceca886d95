import type { StoredArtifact } from "../artifact/artifact.ts";
import type { Allowances, KnownSubscription, Predecessor } from "../compiler/promises/predecessor.ts";
import { toLatchkeyError } from "../kernel/error.ts";
import type { Decisions } from "../overlay/decisions.ts";
import { holds } from "../overlay/uses.ts";
import { flag } from "./args.ts";
import { readCurrent } from "./artifacts.ts";
import type { CommandContext } from "./command.ts";
import { decisionsOf } from "./local-overlay.ts";
import { stateFiles } from "./wire.ts";

/** Flags of the commands that put a config in force. */
export const allowFlags = {
  "allow-breaking": flag("let changes pass that break callers of a published version"),
  "allow-retire": flag("let things go that applications of other tenants use"),
};

/** Reads those flags. */
export function allowancesOf(flags: Readonly<Record<keyof typeof allowFlags, boolean>>): Allowances {
  return { breaking: flags["allow-breaking"], retire: flags["allow-retire"] };
}

/** How strictly a config is held to what is in force. */
export interface PredecessorOptions {
  readonly allow: Allowances;
  readonly warnOnly: boolean;
}

/**
 * What a config is held to that takes the place of the current artifact; `undefined` where there is none. One that cannot
 * be read binds nobody, which is said: a new version of Latchkey, or a damaged file, must not keep a gateway from starting.
 * @throws LatchkeyError LK-6105 where there are records that cannot be read
 */
export async function currentPredecessor(
  context: CommandContext,
  options: PredecessorOptions,
): Promise<Predecessor | undefined> {
  const current = readSound(context);
  return current === undefined ? undefined : predecessorOf(context, current, options);
}

/** What a config is held to that takes the place of an artifact. @throws LatchkeyError LK-6105 */
export async function predecessorOf(
  { root, io }: CommandContext,
  { artifact }: StoredArtifact,
  { allow, warnOnly }: PredecessorOptions,
): Promise<Predecessor> {
  const subscriptions = [...knownSubscriptions(await decisionsOf(root), io.clock.now())];
  return { artifact, subscriptions, allow, warnOnly };
}

/** The current artifact, or `undefined` where there is none or it cannot be read; the latter is said. */
export function readSound({ root, ui }: CommandContext): StoredArtifact | undefined {
  try {
    return readCurrent(stateFiles(root).directory);
  } catch (thrown) {
    const { code, message } = toLatchkeyError(thrown);
    ui.err.line(`The current artifact cannot be compared with: ${code} ${message}`);
    return undefined;
  }
}

/** Subscriptions that hold, and requests that still wait. */
export function* knownSubscriptions(decisions: Decisions, nowMs: number): Generator<KnownSubscription> {
  for (const app of [...decisions.apps()].sort()) {
    const [tenant = "", name = ""] = app.split("\0");
    for (const view of decisions.subscriptionsOf(app)) {
      const { id, service, state, terms, expiresAtMs } = view;
      const waits = state === "requested" && (expiresAtMs === null || nowMs < expiresAtMs);
      if (!waits && !holds(view, nowMs)) continue;
      const { models, endpoints, backends, environments } = terms;
      yield {
        ...{ id, tenant, app: name, service },
        state: waits ? "requested" : "approved",
        terms: { models, endpoints, backends, environments },
      };
    }
  }
}

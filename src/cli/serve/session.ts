import { readArtifact } from "../../artifact/read.ts";
import { setCurrentArtifact, writeArtifact } from "../../artifact/write.ts";
import { diffArtifacts } from "../../compiler/diff/diff-artifacts.ts";
import type { Allowances } from "../../compiler/promises/predecessor.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import { readNamed, shortHash } from "../artifacts.ts";
import type { CommandContext } from "../command.ts";
import { type CompileOptions, compileOrShow } from "../compile-config.ts";
import { noteAllowed } from "../note-allowed.ts";
import { currentPredecessor } from "../predecessor.ts";
import { skippedBeside } from "../secrets.ts";
import { ensureStateFolder } from "../state-folder.ts";
import { secretsOf, stateFiles } from "../wire.ts";
import { changeLines } from "./change-lines.ts";
import { tell } from "./event.ts";
import type { ServeSettings } from "./serve-flags.ts";
import { type ServedGateway, serveGateway } from "./serve-gateway.ts";
import { tellServing } from "./tell-serving.ts";
import type { Stoppable } from "./until-stopped.ts";

/** Where the artifact to serve comes from: it is compiled, or it is one that is kept. */
export type ArtifactSource =
  | {
      readonly from: "config";
      readonly onInputs?: CompileOptions["onInputs"];
      /** Which broken promises are let pass at the start; those of a reload are not. */
      readonly allow: Allowances;
      /** Whether broken promises are only warned of. */
      readonly warnOnly: boolean;
    }
  | { readonly from: "kept"; readonly name: string };

/** A gateway that serves. */
export interface Session extends Stoppable {
  readonly served: ServedGateway;
  /**
   * Compiles again, or reads again, and serves what came out. The running artifact stays when that fails. A compilation
   * that is under way is given up: the config has changed meanwhile.
   */
  readonly reload: () => Promise<void>;
}

/**
 * Starts to serve; `undefined` where the config has errors, which have been shown.
 * @param signal gives the compilation up; it rejects with the signal's reason then
 * @throws LatchkeyError where the gateway cannot start.
 */
export async function startSession(
  context: CommandContext,
  settings: ServeSettings,
  source: ArtifactSource,
  signal?: AbortSignal,
): Promise<Session | undefined> {
  const { ui, io, root } = context;
  const hash = await obtain(context, source, signal);
  if (hash === undefined) return undefined;
  const served = await ui.progress("Starting", () =>
    serveGateway({ ...settings, root, hash, clock: io.clock, pretty: ui.out.terminal && !ui.json }),
  );
  activate(root, hash, source);
  // What was said of the start is not said of all that comes: `build` takes a flag for each time.
  const reloaded = source.from === "kept" ? source : { ...source, allow: { breaking: false, retire: false } };
  // One after the other: a reload asked for during another begins when that is done.
  let queue: Promise<void> = Promise.resolve();
  let last = new AbortController();
  return {
    served,
    announce: () => tellServing(context, served, settings.threads),
    reload() {
      last.abort();
      last = new AbortController();
      const { signal: newer } = last;
      queue = queue.then(() => reload(context, served, reloaded, newer));
      return queue;
    },
    stop: (withinMs) => served.stop(withinMs),
  };
}

/** The hash of an artifact that is on disk. */
async function obtain(
  context: CommandContext,
  source: ArtifactSource,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { directory } = stateFiles(context.root);
  if (source.from === "kept") return readNamed(directory, source.name).hash;
  const predecessor = await currentPredecessor(context, source);
  const { onInputs } = source;
  const compiled = await compileOrShow(context, { form: "line", onInputs, predecessor, signal });
  if (compiled === undefined) return undefined;
  ensureStateFolder(directory);
  writeArtifact(directory, compiled);
  await noteAllowed(context, compiled);
  return compiled.hash;
}

/** Only what serves becomes the current artifact. */
function activate(root: string, hash: string, source: ArtifactSource): void {
  if (source.from === "config") setCurrentArtifact(stateFiles(root).directory, hash);
}

/** @param newer told when there is a newer reload, which makes this one's compilation needless */
async function reload(
  context: CommandContext,
  served: ServedGateway,
  source: ArtifactSource,
  newer: AbortSignal,
): Promise<void> {
  if (newer.aborted) return;
  const { ui, root } = context;
  const before = served.supervisor.serving();
  try {
    const hash = await obtain(context, source, newer);
    if (hash === undefined) {
      tell(ui, "kept", `Still serving ${shortHash(before ?? "")}.`, { hash: before ?? null });
      return;
    }
    const { skipped: skippedByThreads } = await served.serve(hash);
    activate(root, hash, source);
    if (hash === before) {
      tell(ui, "unchanged", `Nothing changed: still serving ${shortHash(hash)}.`, { hash });
      return;
    }
    const { directory } = stateFiles(root);
    const earlier = before === undefined ? null : readArtifact(directory, before).artifact;
    const { artifact } = readArtifact(directory, hash);
    const skipped = [...skippedByThreads, ...skippedBeside(artifact, secretsOf(root))];
    const report = diffArtifacts(earlier, artifact);
    const text = [`Serving ${shortHash(hash)}.`, ...changeLines(report, ui.out.paint), ...skipped].join("\n");
    tell(ui, "reloaded", text, { hash, before: before ?? null, skipped, ...report });
  } catch (thrown) {
    if (newer.aborted && thrown === newer.reason) return;
    const { code, message, internal } = toLatchkeyError(thrown);
    const kept = before === undefined ? "" : ` Still serving ${shortHash(before)}.`;
    ui.err.line(`${code}: ${message}${internal === undefined ? "" : ` ${internal}`}${kept}`);
    ui.data({ event: "reload-failed", hash: before ?? null, error: { code, message } }, "line");
  }
}

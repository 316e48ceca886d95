import { existsSync } from "node:fs";
import type { Artifact } from "../artifact/artifact.ts";
import type { Clock } from "../kernel/clock.ts";
import { Decisions } from "../overlay/decisions.ts";
import { loadDecisions } from "../overlay/load-decisions.ts";
import { Overlay } from "../overlay/overlay.ts";
import { readNamed } from "./artifacts.ts";
import type { CommandContext } from "./command.ts";
import { compileOrShow } from "./compile-config.ts";
import { recordsOf, stateFiles } from "./wire.ts";

/**
 * What is in force, or would be: an artifact with the decisions of the config's folder laid over it.
 * @param name of a kept artifact; undefined: the config is compiled
 * @returns `undefined` where the config has errors, which have been shown
 * @throws LatchkeyError LK-6004 and following, LK-6105
 */
export async function localOverlay(
  context: CommandContext,
  name: string | undefined,
): Promise<Overlay | undefined> {
  const artifact = await artifactOf(context, name);
  if (artifact === undefined) return undefined;
  return overlayOf(context.root, artifact, context.io.clock);
}

/** Lays the decisions of a config's folder over an artifact. @throws LatchkeyError LK-6105 */
export async function overlayOf(root: string, artifact: Artifact, clock: Clock): Promise<Overlay> {
  return new Overlay(artifact, await decisionsOf(root), clock);
}

async function artifactOf(context: CommandContext, name: string | undefined): Promise<Artifact | undefined> {
  if (name !== undefined) return readNamed(stateFiles(context.root).directory, name).artifact;
  return (await compileOrShow(context))?.artifact;
}

/** The decisions of a config's folder; none where it has no records. @throws LatchkeyError LK-6105 */
export async function decisionsOf(root: string): Promise<Decisions> {
  if (!existsSync(stateFiles(root).records)) return new Decisions();
  const records = recordsOf(root);
  try {
    return (await loadDecisions(records)).decisions;
  } finally {
    await records.close();
  }
}

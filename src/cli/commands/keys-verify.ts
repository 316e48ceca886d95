import { existsSync } from "node:fs";
import type { Artifact } from "../../artifact/artifact.ts";
import { Decisions } from "../../overlay/decisions.ts";
import { loadDecisions } from "../../overlay/load-decisions.ts";
import { Overlay } from "../../overlay/overlay.ts";
import { option, usageError } from "../args.ts";
import { readNamed } from "../artifacts.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { compileOrShow } from "../compile-config.ts";
import { examineKey, type KeyFinding } from "../examine-key.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readSecretText } from "../read-secret-text.ts";
import { recordsOf, stateFiles } from "../wire.ts";

/** `latchkey keys verify`: reads a key and tells what it is and what it reaches. */
export const keysVerify = defineCommand({
  usage: "",
  words: { least: 0, most: 1_000 },
  flags: { artifact: option("current|HASH", "look in this artifact instead of compiling the config") },
  notes: [
    "The key is read from standard input, or asked for at a terminal:",
    "  latchkey keys verify < .latchkey/keys/demo.playground.key",
  ],
  async run({ flags, words }, context) {
    if (words.length > 0) {
      throw usageError(
        "A key is not taken as an argument: it would stay in the shell's history and show in the list of processes. Pipe it in, or run `latchkey keys verify` and type it. If it was a real key, replace it",
      );
    }
    const text = await readSecretText(context.io, "Key");
    if (text === undefined) return exitCodes.cancelled;
    const artifact = await artifactOf(context, flags.artifact);
    if (artifact === undefined) return exitCodes.configErrors;
    const { clock } = context.io;
    const overlay = new Overlay(artifact, await decisionsOf(context.root), clock);
    const finding = examineKey(text, overlay, clock.now());
    return showFinding(finding, context);
  },
});

async function artifactOf(context: CommandContext, name: string | undefined): Promise<Artifact | undefined> {
  if (name !== undefined) return readNamed(stateFiles(context.root).directory, name).artifact;
  return (await compileOrShow(context))?.artifact;
}

async function decisionsOf(root: string): Promise<Decisions> {
  if (!existsSync(stateFiles(root).records)) return new Decisions();
  const records = recordsOf(root);
  try {
    return (await loadDecisions(records)).decisions;
  } finally {
    await records.close();
  }
}

function showFinding(finding: KeyFinding, { ui }: CommandContext): ExitCode {
  const { line, paint } = ui.out;
  line(
    finding.works ? paint("The key works.", "bold", "green") : paint("The key is refused.", "bold", "red"),
  );
  for (const text of finding.lines) line(`  ${text}`);
  const { lines: _, ...data } = finding;
  ui.data(data);
  return finding.works ? exitCodes.ok : exitCodes.notInOrder;
}

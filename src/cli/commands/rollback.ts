import type { StoredArtifact } from "../../artifact/artifact.ts";
import { currentHash, listArtifacts, readArtifact } from "../../artifact/read.ts";
import { setCurrentArtifact } from "../../artifact/write.ts";
import { diffArtifacts } from "../../compiler/diff/diff-artifacts.ts";
import { renderPlan } from "../../compiler/diff/render-plan.ts";
import type { ErrorCode } from "../../kernel/codes.ts";
import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import { flag } from "../args.ts";
import { readNamed, shortHash } from "../artifacts.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readSound } from "../predecessor.ts";
import { stateFiles } from "../wire.ts";

/** `latchkey rollback`: makes an earlier artifact the current one. */
export const rollback = defineCommand({
  usage: "[HASH]",
  words: { least: 0, most: 1 },
  flags: { list: flag("show the artifacts that are kept, the newest first") },
  notes: [
    "HASH may be its beginning. Without it, the artifact built before the current one is taken.",
    "A gateway that runs `latchkey start --artifact current` takes it over on SIGHUP.",
  ],
  async run({ flags, words: [name] }, context) {
    const { directory } = stateFiles(context.root);
    if (flags.list) return list(directory, context);
    const current = currentHash(directory);
    const after = name === undefined ? previous(directory, current) : readNamed(directory, name);
    if (current === after.hash) {
      context.ui.out.line(`${shortHash(after.hash)} is the current artifact already.`);
      context.ui.data({ before: current, after: after.hash, changes: [], verdict: "none" });
      return exitCodes.ok;
    }
    // One that is damaged is a reason to roll back, not to refuse it.
    const before = readSound(context);
    setCurrentArtifact(directory, after.hash);
    return showRollback(before, after, context);
  },
});

/** The artifact that was built last before the current one. */
function previous(directory: string, current: string | undefined): StoredArtifact {
  const kept = listArtifacts(directory);
  const found = kept[kept.findIndex(({ hash }) => hash === current) + 1];
  if (found === undefined) throw new LatchkeyError("LK-6004", "There is no artifact before the current one.");
  return readArtifact(directory, found.hash);
}

/** Shows what is kept; each is read in full, so that nobody goes back to one that could not be served. */
function list(directory: string, { ui }: CommandContext): ExitCode {
  const kept = listArtifacts(directory).map((listed) => ({
    ...listed,
    problem: problemOf(directory, listed.hash),
  }));
  for (const { hash, writtenAtMs, current, problem } of kept) {
    const mark = current ? "  current" : "";
    const reason = problem === null ? "" : `  cannot be served: ${problem.code} ${problem.message}`;
    ui.out.line(`${shortHash(hash)}  ${new Date(writtenAtMs).toISOString()}${mark}${reason}`);
  }
  if (kept.length === 0) ui.err.line("No artifact is kept.");
  ui.data({ artifacts: kept });
  return exitCodes.ok;
}

/** Why an artifact cannot be served; null where it is as it was built. */
function problemOf(
  directory: string,
  hash: string,
): { readonly code: ErrorCode; readonly message: string } | null {
  try {
    readArtifact(directory, hash);
    return null;
  } catch (thrown) {
    const { code, message } = toLatchkeyError(thrown);
    return { code, message };
  }
}

function showRollback(
  before: StoredArtifact | undefined,
  after: StoredArtifact,
  { ui }: CommandContext,
): ExitCode {
  const report = diffArtifacts(before?.artifact ?? null, after.artifact);
  ui.out.line(renderPlan(report, { colour: ui.out.colour, verbose: false }));
  ui.out.line(`${shortHash(after.hash)} is now the current artifact.`);
  ui.out.line(
    "A running `latchkey start --artifact current` takes it over on SIGHUP: kill -HUP <its process id>",
  );
  ui.data({ before: before?.hash ?? null, after: after.hash, ...report });
  return exitCodes.ok;
}

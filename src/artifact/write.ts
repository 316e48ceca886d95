import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LatchkeyError } from "../kernel/error.ts";
import { canonicalJson } from "../kernel/json.ts";
import type { Artifact } from "./artifact.ts";
import { artifactFile, currentFile, functionsFile } from "./layout.ts";

/** What is written: an artifact, its hash and the code beside it. */
export interface WritableArtifact {
  readonly artifact: Artifact;
  readonly hash: string;
  readonly functions: string | null;
}

/**
 * Writes an artifact into its folder, `<directory>/<hash>/`. One that is there already is written only where
 * it differs, so that a damaged copy is mended. Answers the folder.
 * @throws LatchkeyError LK-6105 when it cannot be written.
 */
export function writeArtifact(directory: string, { artifact, hash, functions }: WritableArtifact): string {
  const folder = join(directory, hash);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (functions !== null) writeWhole(join(folder, functionsFile), functions);
    writeWhole(join(folder, artifactFile), canonicalJson(artifact));
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  return folder;
}

/**
 * Makes an artifact the current one, in one step: a reader sees the old one or the new one.
 * @throws LatchkeyError LK-6105 when it cannot be written.
 */
export function setCurrentArtifact(directory: string, hash: string): void {
  try {
    writeWhole(join(directory, currentFile), `${hash}\n`);
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}

/** Not where it holds the text already: that succeeds on a full disk, too. */
function writeWhole(path: string, text: string): void {
  if (holds(path, text)) return;
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, text, { mode: 0o600 });
  renameSync(part, path);
}

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path).equals(Buffer.from(text));
  } catch {
    return false;
  }
}

function unwritable(path: string, cause: unknown): LatchkeyError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LatchkeyError("LK-6105", `${path} cannot be written: ${reason}.`, { cause });
}

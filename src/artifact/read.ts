import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LatchkeyError } from "../kernel/error.ts";
import { digestOf, sha256Hex } from "../kernel/hash.ts";
import { isJsonObject, tryParseJson } from "../kernel/json.ts";
import type { Artifact, StoredArtifact } from "./artifact.ts";
import { artifactFile, currentFile, functionsFile, hashPattern } from "./layout.ts";
import { parseArtifact } from "./parse-artifact.ts";
import { artifactFormat } from "./version.ts";

/** An artifact that is kept. */
export interface ListedArtifact {
  readonly hash: string;
  /** When it was written, milliseconds since the epoch. */
  readonly writtenAtMs: number;
  readonly current: boolean;
}

/**
 * Reads an artifact and checks everything about it before anything uses it.
 * @param hash 64 hex digits, or `current`
 * @throws LatchkeyError LK-6004 (not there), LK-6001 (unreadable), LK-6002 (changed), LK-6003 (of a newer version).
 */
export function readArtifact(directory: string, hash: string): StoredArtifact {
  const wanted = hash === "current" ? currentHash(directory) : hash;
  if (wanted === undefined)
    throw new LatchkeyError("LK-6004", `There is no current artifact in ${directory}.`);
  if (!hashPattern.test(wanted))
    throw new LatchkeyError("LK-6004", `${JSON.stringify(wanted.slice(0, 80))} is no artifact's hash.`);
  const folder = join(directory, wanted);
  const bytes = readFile(join(folder, artifactFile));
  if (bytes === undefined)
    throw new LatchkeyError("LK-6004", `There is no artifact ${wanted} in ${directory}.`);
  const value = tryParseJson(bytes.toString("utf8"), Number.POSITIVE_INFINITY);
  // The version comes first: what a newer Latchkey wrote is no damage.
  const format = isJsonObject(value) ? value["format"] : undefined;
  if (typeof format === "number" && format > artifactFormat) {
    throw new LatchkeyError(
      "LK-6003",
      `The artifact has format ${format}; this Latchkey reads up to ${artifactFormat}.`,
    );
  }
  if (typeof format === "number" && format >= 1 && format < artifactFormat) {
    throw new LatchkeyError(
      "LK-6001",
      `The artifact has format ${format}, of an older Latchkey; this one reads format ${artifactFormat}.`,
    );
  }
  if (sha256Hex(bytes) !== wanted) {
    throw new LatchkeyError(
      "LK-6002",
      `${join(folder, artifactFile)} is not what was built: its hash differs from its name.`,
    );
  }
  const artifact = validate(value);
  return { artifact, hash: wanted, functionsPath: checkFunctions(folder, artifact) };
}

/** Hash of the current artifact; `undefined` where none was ever set. */
export function currentHash(directory: string): string | undefined {
  return readFile(join(directory, currentFile))?.toString("utf8").trim();
}

/** Artifacts that are kept, the newest first; two of the same millisecond by the system's finer clock. */
export function listArtifacts(directory: string): readonly ListedArtifact[] {
  const current = currentHash(directory);
  return namesIn(directory)
    .filter((name) => hashPattern.test(name))
    .flatMap((hash) => {
      const writtenAtMs = writtenAt(join(directory, hash, artifactFile));
      return writtenAtMs === undefined ? [] : [{ hash, writtenAtMs, current: hash === current }];
    })
    .sort((a, b) => b.writtenAtMs - a.writtenAtMs)
    .map((listed) => ({ ...listed, writtenAtMs: Math.trunc(listed.writtenAtMs) }));
}

function validate(value: unknown): Artifact {
  const parsed = parseArtifact(value);
  if (parsed.ok) return parsed.artifact;
  throw new LatchkeyError("LK-6001", `${parsed.problem.replace(/^t/, "T")}.`);
}

function checkFunctions(folder: string, { functions }: Artifact): string | null {
  if (functions === null) return null;
  const path = join(folder, functionsFile);
  const code = readFile(path);
  if (code === undefined) throw new LatchkeyError("LK-6001", `${path} is missing.`);
  if (digestOf(code) !== functions.digest) {
    throw new LatchkeyError(
      "LK-6002",
      `${path} is not what was built: its digest differs from the artifact's.`,
    );
  }
  return path;
}

function readFile(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw new LatchkeyError(
      "LK-6001",
      `${path} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}.`,
      { cause: thrown },
    );
  }
}

function writtenAt(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isMissing(thrown: unknown): boolean {
  return (
    thrown instanceof Error && "code" in thrown && (thrown.code === "ENOENT" || thrown.code === "ENOTDIR")
  );
}

import type { StoredArtifact } from "../artifact/artifact.ts";
import { currentHash, listArtifacts, readArtifact } from "../artifact/read.ts";
import { LatchkeyError } from "../kernel/error.ts";

/** Hex digits by which people know an artifact. */
const SHORT = 12;

/** The beginning of a hash, for people. */
export function shortHash(hash: string): string {
  return hash.slice(0, SHORT);
}

/**
 * The current artifact, or `undefined` where there is none yet.
 * @throws LatchkeyError when it cannot be read; LK-6004 when what is named as the current one is not there.
 */
export function readCurrent(directory: string): StoredArtifact | undefined {
  return currentHash(directory) === undefined ? undefined : readArtifact(directory, "current");
}

/**
 * The artifact that `current` or the beginning of a hash names.
 * @throws LatchkeyError LK-6004 when there is none or more than one, LK-6001 and following when it cannot be read.
 */
export function readNamed(directory: string, name: string): StoredArtifact {
  return readArtifact(directory, name === "current" ? name : findHash(directory, name));
}

function findHash(directory: string, prefix: string): string {
  const found = listArtifacts(directory).filter(({ hash }) => hash.startsWith(prefix.toLowerCase()));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.hash;
  const message =
    found.length === 0
      ? `No artifact begins with ${prefix}.`
      : `Several artifacts begin with ${prefix}: ${found.map(({ hash }) => shortHash(hash)).join(", ")}.`;
  throw new LatchkeyError("LK-6004", message);
}

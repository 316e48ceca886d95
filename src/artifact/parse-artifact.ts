import { isJsonObject } from "../kernel/json.ts";
import type { Artifact, ArtifactKey } from "./artifact.ts";
import { checkIntegrity } from "./integrity.ts";
import { isPlainKey } from "./plain-key.ts";
import { artifactSchema } from "./schema/artifact.ts";

/** What validating an artifact answers. */
export type ParsedArtifact =
  | { readonly ok: true; readonly artifact: Artifact }
  /** The first thing that is wrong, as a sentence without a full stop. */
  | { readonly ok: false; readonly problem: string };

/** Validates an artifact in full: its shape, and that every id points at something. */
export function parseArtifact(value: unknown): ParsedArtifact {
  const keys = isJsonObject(value) ? value["keys"] : undefined;
  if (!Array.isArray(keys) || !isJsonObject(value)) return malformed(value);
  const checked = artifactSchema.safeParse({ ...value, keys: keys.filter((key) => !isPlainKey(key)) });
  if (!checked.success) return malformed(value);
  const artifact = { ...checked.data, keys: keys as unknown as ArtifactKey[] };
  const fault = checkIntegrity(artifact);
  return fault === undefined
    ? { ok: true, artifact }
    : { ok: false, problem: `the artifact contradicts itself: ${fault}` };
}

/** Once more as a whole, so that the path is the one in the file. */
function malformed(value: unknown): ParsedArtifact {
  const [issue] = artifactSchema.safeParse(value).error?.issues ?? [];
  const path = issue === undefined || issue.path.length === 0 ? "its root" : issue.path.join(".");
  return {
    ok: false,
    problem: `the artifact is malformed at ${path}: ${issue?.message ?? "it is not understood"}`,
  };
}

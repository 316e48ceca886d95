import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Recorded provider responses, shared beside the checkout and never copied into it. */
export const recordingsFolder = resolve(import.meta.dir, "../../../shared/fixtures");

/**
 * Whether the recordings are `here`. Where they are not, they may be `absent`, as on the machine of somebody who
 * has the repository alone, or `missing`: a CI must not do without them and seem to have tested all (`CI=true`), unless
 * it says that it knows (`LATCHKEY_REQUIRE_RECORDINGS=0`); `1` asks for them anywhere.
 */
export function lookForRecordings(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): "here" | "absent" | "missing" {
  if (existsSync(join(folder, "INDEX.tsv"))) return "here";
  const required = env["LATCHKEY_REQUIRE_RECORDINGS"] ?? (env["CI"] === "true" ? "1" : "0");
  return required === "1" ? "missing" : "absent";
}

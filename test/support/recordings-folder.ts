import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Recorded provider responses, shared beside the checkout and never copied into it. */
export const recordingsFolder = resolve(import.meta.dir, "../../../shared/fixtures");

/**
 * Whether the recordings are `here`. Where they are not, they may be `absent`, as on the machine of somebody who
 * has the repository alone, or `missing`: the checkout's own CI must not do without them. It says so by
 * `LATCHKEY_REQUIRE_RECORDINGS=1`, and in any CI the folder that should hold them must not be empty of them.
 */
export function lookForRecordings(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): "here" | "absent" | "missing" {
  if (existsSync(join(folder, "INDEX.tsv"))) return "here";
  const expected = env["CI"] === "true" && existsSync(dirname(folder));
  return expected || env["LATCHKEY_REQUIRE_RECORDINGS"] === "1" ? "missing" : "absent";
}

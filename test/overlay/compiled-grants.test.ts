import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { decodeIdSet } from "../../src/artifact/grant.ts";
import { parseArtifact } from "../../src/artifact/parse-artifact.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { Decisions } from "../../src/overlay/decisions.ts";
import { Overlay } from "../../src/overlay/overlay.ts";
import { KeyTable } from "../../src/runtime/key-table.ts";

const folder = new URL("../golden/", import.meta.url);
const cases = readdirSync(folder)
  .map((name) => ({ name, file: new URL(`${name}/expected/artifact.json`, folder) }))
  .filter(({ file }) => existsSync(file));

test.each(cases)("the grants that the compiler made for $name are what serving threads go by", ({ file }) => {
  // The digest of the functions differs from one esbuild to the next, and is masked in these files.
  const masked = JSON.parse(readFileSync(file, "utf8"));
  const functions = masked.functions && { digest: digestOf("functions") };
  const parsed = parseArtifact({ ...masked, functions });
  if (!parsed.ok) throw new Error(parsed.problem);
  const { artifact } = parsed;
  const rows = new Overlay(artifact, new Decisions(), systemClock).rows();
  const byDigest = new Map(rows.keys.map((row) => [row.digest, row]));
  const grants = new Map(rows.grants.map((row) => [row.id, row]));
  const table = new KeyTable(artifact);
  table.apply(rows);
  for (const key of artifact.keys) {
    const row = byDigest.get(key.digest.slice("sha256:".length));
    const uses = grants.get(row?.grant ?? -1)?.uses ?? [];
    for (const kind of ["models", "endpoints", "backends"] as const) {
      const size = artifact[kind].length;
      const union = decodeIdSet("", size);
      for (const use of uses) {
        for (const [at, word] of decodeIdSet(use[kind], size).entries()) union[at] = (union[at] ?? 0) | word;
      }
      expect(union).toEqual(decodeIdSet(artifact.grants[key.grant]?.[kind] ?? "", size));
    }
  }
  expect(rows.keys).toHaveLength(artifact.keys.length);
});

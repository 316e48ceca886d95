import { describe, expect, test } from "bun:test";
import { setCurrentArtifact, writeArtifact } from "../../src/artifact/write.ts";
import { readCurrent, readNamed, shortHash } from "../../src/cli/artifacts.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { tempFolder } from "../support/temp-folder.ts";

function write(directory: string): string {
  const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:1"], key: generateApiKey("test") });
  const hash = sha256Hex(canonicalJson(artifact));
  writeArtifact(directory, { artifact, hash, functions: null });
  return hash;
}

describe("readNamed", () => {
  test("takes the beginning of a hash in either case, and `current`", () => {
    const directory = tempFolder();
    const hash = write(directory);
    setCurrentArtifact(directory, hash);
    for (const name of [hash, shortHash(hash), shortHash(hash).toUpperCase(), "current"])
      expect(readNamed(directory, name).hash).toBe(hash);
  });

  test("refuses what fits none or several, and never leaves the folder", () => {
    const directory = tempFolder();
    write(directory);
    write(directory);
    for (const name of ["xyz", "", "../..", "."])
      expect(() => readNamed(directory, name)).toThrow(expect.objectContaining({ code: "LK-6004" }));
  });
});

describe("readCurrent", () => {
  test("has nothing before the first build", () => {
    expect(readCurrent(tempFolder())).toBeUndefined();
  });

  test("reads the current one", () => {
    const directory = tempFolder();
    const hash = write(directory);
    setCurrentArtifact(directory, hash);
    expect(readCurrent(directory)?.hash).toBe(hash);
  });
});

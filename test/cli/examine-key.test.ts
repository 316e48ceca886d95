import { describe, expect, test } from "bun:test";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { examineKey } from "../../src/cli/examine-key.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import type { IssuedKey } from "../../src/stores/ports.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";

const NOW = 1_700_000_000_000;
const declared = generateApiKey("live");
const issuedKey = generateApiKey("demo");
const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:1"], key: declared });

const record = (fields: Partial<IssuedKey> = {}): IssuedKey => ({
  digest: digestOf(issuedKey),
  publicId: parseApiKey(issuedKey)?.publicId ?? "",
  tenant: "acme",
  app: "shop",
  createdAtMs: NOW,
  expiresAtMs: null,
  label: "starter",
  ...fields,
});

function withKey(change: Partial<Artifact["keys"][number]>): Artifact {
  return { ...artifact, keys: artifact.keys.map((key) => ({ ...key, ...change })) };
}

describe("examineKey", () => {
  test("knows a declared key and what it reaches", () => {
    expect(examineKey(declared, artifact, [], NOW)).toMatchObject({
      works: true,
      known: "declared",
      tenant: "acme",
      app: "shop",
      models: ["fast"],
      endpoints: [],
      expires: null,
    });
  });

  test("reaches no more than the key's own grant", () => {
    const grants = [...artifact.grants, { models: "", endpoints: "", backends: "" }];
    const narrowed = { ...withKey({ grant: artifact.grants.length }), grants };
    expect(examineKey(declared, narrowed, [], NOW)).toMatchObject({ works: true, models: [] });
  });

  test("knows an issued key, which reaches what its application reaches", () => {
    expect(examineKey(issuedKey, artifact, [record()], NOW)).toMatchObject({
      works: true,
      known: "issued",
      name: "starter",
      models: ["fast"],
    });
  });

  test("does not know the issued key of an application that is gone", () => {
    for (const gone of [record({ app: "closed" }), record({ tenant: "other" })])
      expect(examineKey(issuedKey, artifact, [gone], NOW)).toMatchObject({ works: false, known: null });
  });

  test.each([
    [NOW, false],
    [NOW + 1, true],
  ])("lets a key in that expires at %p: %p", (expiresAtMs, works) => {
    expect(examineKey(declared, withKey({ expiresAtMs }), [], NOW).works).toBe(works);
    expect(examineKey(issuedKey, artifact, [record({ expiresAtMs })], NOW).works).toBe(works);
  });

  test("says of networks that they are declared, not that they hold", () => {
    const finding = examineKey(declared, withKey({ networks: ["10.0.0.0/8"] }), [], NOW);
    expect(finding.networks).toEqual(["10.0.0.0/8"]);
    expect(finding.lines).toContain("Networks (not enforced yet): 10.0.0.0/8.");
  });

  test("never repeats the key", () => {
    for (const text of [declared, issuedKey, `${declared}x`, "sk-not-ours"])
      expect(JSON.stringify(examineKey(text, artifact, [], NOW))).not.toContain(text);
  });
});

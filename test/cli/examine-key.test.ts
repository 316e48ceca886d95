import { describe, expect, test } from "bun:test";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { examineKey } from "../../src/cli/examine-key.ts";
import { starterKeyBody } from "../../src/cli/starter-key-body.ts";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { Overlay } from "../../src/overlay/overlay.ts";
import type { NewRecord } from "../../src/stores/record-store.ts";
import type { KeyBody } from "../../src/stores/records/key-record.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";
import { decisionsOf } from "../support/decisions-of.ts";

const NOW = 1_700_000_000_000;
const declared = generateApiKey("live");
const issuedKey = generateApiKey("demo");
const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:1"], key: declared });

const record = (body: Partial<KeyBody> = {}, tenant = "acme"): NewRecord<"key"> => ({
  ...{ kind: "key", id: parseApiKey(issuedKey)?.publicId ?? "", tenant },
  body: { ...starterKeyBody("shop", digestOf(issuedKey)), ...body },
});

function examine(text: string, given: Artifact = artifact, records: readonly NewRecord<"key">[] = []) {
  const clock = { now: () => NOW, monotonic: () => 0 };
  return examineKey(text, new Overlay(given, decisionsOf(records), clock), NOW);
}

function withKey(change: Partial<Artifact["keys"][number]>): Artifact {
  return { ...artifact, keys: artifact.keys.map((key) => ({ ...key, ...change })) };
}

describe("examineKey", () => {
  test("knows a declared key and what it reaches", () => {
    expect(examine(declared)).toMatchObject({
      works: true,
      known: "declared",
      tenant: "acme",
      app: "shop",
      models: ["fast"],
      endpoints: [],
      expires: null,
    });
  });

  test("reaches no more than the key's own scope", () => {
    const scope = {
      services: null,
      models: [],
      endpoints: null,
      backends: null,
      methods: null,
      readOnly: true,
    };
    expect(examine(declared, withKey({ scope }))).toMatchObject({
      works: true,
      models: [],
      methods: ["GET", "HEAD", "OPTIONS"],
    });
  });

  test("knows an issued key, which reaches what its application reaches", () => {
    expect(examine(issuedKey, artifact, [record()])).toMatchObject({
      works: true,
      known: "issued",
      name: "starter",
      models: ["fast"],
    });
  });

  test("does not know the issued key of an application that is gone", () => {
    for (const gone of [record({ app: "closed" }), record({}, "other"), record({ state: "revoked" })])
      expect(examine(issuedKey, artifact, [gone])).toMatchObject({ works: false, known: null });
  });

  test.each([
    [NOW, false],
    [NOW + 1, true],
  ])("lets a key in that expires at %p: %p", (expiresAtMs, works) => {
    expect(examine(declared, withKey({ expiresAtMs })).works).toBe(works);
    expect(examine(issuedKey, artifact, [record({ expiresAtMs })]).works).toBe(works);
  });

  test("says from where it works", () => {
    const finding = examine(declared, withKey({ networks: ["10.0.0.0/8"] }));
    expect(finding.networks).toEqual(["10.0.0.0/8"]);
    expect(finding.lines).toContain("Networks: 10.0.0.0/8.");
  });

  test("never repeats the key", () => {
    for (const text of [declared, issuedKey, `${declared}x`, "sk-not-ours"])
      expect(JSON.stringify(examine(text))).not.toContain(text);
  });
});

import { describe, expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { currentHash, listArtifacts, readArtifact } from "../../src/artifact/read.ts";
import { setCurrentArtifact, writeArtifact } from "../../src/artifact/write.ts";
import { LatchkeyError } from "../../src/kernel/error.ts";
import { digestOf, sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import { plainBackend } from "../support/artifact-defaults.ts";
import { artifactFixture, upstreamKey } from "../support/artifact-fixture.ts";
import { tempFolder } from "../support/temp-folder.ts";

const plain = artifactFixture({ baseUrls: ["http://127.0.0.1:1/v1"], key: "lk_test" });
const code = "export const validators = {};\n";
const hashOf = (artifact: unknown): string => sha256Hex(canonicalJson(artifact));

function store(artifact: Artifact, functions: string | null = null): { directory: string; hash: string } {
  const directory = join(tempFolder(), ".latchkey");
  const hash = hashOf(artifact);
  writeArtifact(directory, { artifact, hash, functions });
  return { directory, hash };
}

/** Puts a value where an artifact of that hash belongs, whatever it is. */
function plant(value: unknown): { directory: string; hash: string } {
  const directory = tempFolder();
  const hash = hashOf(value);
  mkdirSync(join(directory, hash));
  writeFileSync(join(directory, hash, "artifact.json"), canonicalJson(value));
  return { directory, hash };
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof LatchkeyError) return `${thrown.code} ${thrown.message}`;
    throw thrown;
  }
  return "no error";
}

describe("what is written is read", () => {
  test("and what is there already is not written again, as a full disk would not let it be", () => {
    const { directory, hash } = store(plain, code);
    setCurrentArtifact(directory, hash);
    const files = [join(directory, hash, "artifact.json"), join(directory, hash, "functions.js")];
    const inodes = (): readonly number[] =>
      [...files, join(directory, "current")].map((file) => statSync(file).ino);
    const before = inodes();
    writeArtifact(directory, { artifact: plain, hash, functions: code });
    setCurrentArtifact(directory, hash);
    expect(inodes()).toEqual(before);
    writeFileSync(files[0] ?? "", "{}");
    writeArtifact(directory, { artifact: plain, hash, functions: code });
    expect(readArtifact(directory, hash).artifact).toEqual(plain);
  });

  test("by its hash, and as the current one", () => {
    const { directory, hash } = store(plain);
    expect(readArtifact(directory, hash)).toEqual({ artifact: plain, hash, functionsPath: null });
    expect(codeOf(() => readArtifact(directory, "current"))).toStartWith("LK-6004");
    setCurrentArtifact(directory, hash);
    expect(currentHash(directory)).toBe(hash);
    expect(readArtifact(directory, "current").hash).toBe(hash);
  });

  test("with the code beside it", () => {
    const artifact = { ...plain, functions: { digest: digestOf(code) } };
    const { directory, hash } = store(artifact, code);
    const { functionsPath } = readArtifact(directory, hash);
    expect(readFileSync(functionsPath ?? "", "utf8")).toBe(code);
  });

  test("older ones are kept and listed, the newest first", async () => {
    const { directory, hash } = store(plain);
    const newer = { ...plain, settings: { ...plain.settings, maxRequestBytes: 5 } };
    writeArtifact(directory, { artifact: newer, hash: hashOf(newer), functions: null });
    setCurrentArtifact(directory, hash);
    mkdirSync(join(directory, "not-an-artifact"));
    mkdirSync(join(directory, "0".repeat(64)));
    const listed = listArtifacts(directory);
    expect(listed.map((item) => item.hash).sort()).toEqual([hash, hashOf(newer)].sort());
    expect(listed.find((item) => item.current)?.hash).toBe(hash);
    expect(listed[0]?.writtenAtMs).toBeGreaterThanOrEqual(listed[1]?.writtenAtMs ?? Number.POSITIVE_INFINITY);
    expect(listArtifacts(join(directory, "nowhere"))).toEqual([]);
  });

  test("are listed by the finer clock of the system and told in whole milliseconds", () => {
    const { directory, hash } = store(plain);
    const newer = { ...plain, settings: { ...plain.settings, maxRequestBytes: 5 } };
    writeArtifact(directory, { artifact: newer, hash: hashOf(newer), functions: null });
    const write = (name: string, seconds: number): void =>
      utimesSync(join(directory, name, "artifact.json"), seconds, seconds);
    write(hash, 1_700_000_000.000_25);
    write(hashOf(newer), 1_700_000_000.000_75);
    expect(listArtifacts(directory)).toEqual([
      { hash: hashOf(newer), writtenAtMs: 1_700_000_000_000, current: false },
      { hash, writtenAtMs: 1_700_000_000_000, current: false },
    ]);
  });

  test("only its owner can read it, and nothing half-written stays behind", () => {
    const { directory, hash } = store(plain);
    setCurrentArtifact(directory, hash);
    expect(statSync(join(directory, hash, "artifact.json")).mode & 0o077).toBe(0);
    const names = readdirSync(directory, { recursive: true }).map(String);
    expect(names.filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("a damaged copy is mended by writing it again", () => {
    const { directory, hash } = store(plain);
    writeFileSync(join(directory, hash, "artifact.json"), "{");
    writeArtifact(directory, { artifact: plain, hash, functions: null });
    expect(readArtifact(directory, hash).hash).toBe(hash);
  });
});

describe("what is refused", () => {
  test("nothing there, or no hash", () => {
    const directory = tempFolder();
    expect(codeOf(() => readArtifact(directory, "0".repeat(64)))).toStartWith("LK-6004");
    for (const name of ["../../etc", "", "x", "CURRENT", `${"0".repeat(63)}/`]) {
      expect(codeOf(() => readArtifact(directory, name))).toStartWith("LK-6004");
    }
    writeFileSync(join(directory, "current"), "../elsewhere\n");
    expect(codeOf(() => readArtifact(directory, "current"))).toStartWith("LK-6004");
  });

  test("any byte that was changed", () => {
    const { directory, hash } = store(plain);
    const path = join(directory, hash, "artifact.json");
    const whole = readFileSync(path);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        writeFileSync(path, bytes);
        expect(codeOf(() => readArtifact(directory, hash))).toMatch(/^LK-600[123]/);
      }),
      { numRuns: 50 },
    );
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    expect(codeOf(() => readArtifact(directory, hash))).toStartWith("LK-6002");
  });

  test("a newer format, before anything else about it is looked at", () => {
    const { directory, hash } = plant({ format: 4, whatever: "it holds" });
    expect(codeOf(() => readArtifact(directory, hash))).toStartWith("LK-6003");
  });

  test("an older format, saying so", () => {
    const { directory, hash } = plant({ format: 2, whatever: "it holds" });
    expect(codeOf(() => readArtifact(directory, hash))).toBe(
      "LK-6001 The artifact has format 2, of an older Latchkey; this one reads format 3.",
    );
  });

  test("something that is no artifact", () => {
    for (const value of [
      {},
      [],
      null,
      1,
      { ...plain, format: 0 },
      { ...plain, more: 1 },
      { ...plain, keys: [{}] },
    ]) {
      const { directory, hash } = plant(value);
      expect(codeOf(() => readArtifact(directory, hash))).toStartWith("LK-6001");
    }
  });

  test("code that is missing or changed", () => {
    const artifact = { ...plain, functions: { digest: digestOf(code) } };
    const { directory, hash } = store(artifact, code);
    writeFileSync(join(directory, hash, "functions.js"), `${code} `);
    expect(codeOf(() => readArtifact(directory, hash))).toStartWith("LK-6002");
    const bare = store(artifact);
    expect(codeOf(() => readArtifact(bare.directory, bare.hash))).toStartWith("LK-6001");
  });

  test("ids that point at nothing", () => {
    const [app] = plain.apps;
    const [key] = plain.keys;
    const [model] = plain.models;
    const [service] = plain.services;
    const [target] = plain.targets;
    if (!app || !key || !model || !service || !target) throw new Error("the fixture has changed");
    const wide = {
      services: null,
      models: null,
      endpoints: null,
      backends: null,
      methods: null,
      readOnly: false,
    };
    const webhook = {
      name: "chat",
      url: "https://chat.example",
      secret: upstreamKey,
      events: ["*"],
      allowPrivate: false,
    };
    const broken: readonly Artifact[] = [
      { ...plain, targets: [{ ...target, provider: 9 }] },
      { ...plain, models: [{ ...model, targets: [9] }] },
      { ...plain, services: [{ ...service, owner: 9 }] },
      { ...plain, services: [{ ...service, models: [9] }] },
      { ...plain, services: [{ ...service, endpoints: [0] }] },
      { ...plain, services: [{ ...service, visibleTo: [9] }] },
      { ...plain, apps: [{ ...app, tenant: 9 }] },
      { ...plain, apps: [{ ...app, uses: [9] }] },
      { ...plain, apps: [{ ...app, grant: 9 }] },
      { ...plain, keys: [{ ...key, app: 9 }] },
      { ...plain, keys: [{ ...key, grant: 9 }] },
      { ...plain, keys: [{ ...key, scope: { ...wide, services: [9] } }] },
      { ...plain, keys: [{ ...key, scope: { ...wide, models: [9] } }] },
      { ...plain, keys: [{ ...key, scope: { ...wide, backends: [0] } }] },
      { ...plain, services: [{ ...service, backends: [0] }] },
      { ...plain, backends: [plainBackend("orders", "https://orders.example", { successor: 1 })] },
      { ...plain, settings: { ...plain.settings, webhooks: [{ ...webhook, tenant: 9 }] } },
      { ...plain, grants: [{ models: "ffff", endpoints: "", backends: "" }] },
      { ...plain, grants: [{ models: "", endpoints: "1", backends: "" }] },
      { ...plain, grants: [{ models: "", endpoints: "", backends: "1" }] },
      { ...plain, routes: [{ method: "POST", path: "/api/x/v1", endpoint: 0 }] },
    ];
    for (const artifact of broken) {
      const { directory, hash } = plant(artifact);
      expect(codeOf(() => readArtifact(directory, hash))).toMatch(/^LK-6001 The artifact contradicts itself/);
    }
  });

  test("a folder that cannot be written", () => {
    const directory = tempFolder();
    writeFileSync(join(directory, "file"), "");
    const below = join(directory, "file", "below");
    expect(
      codeOf(() => writeArtifact(below, { artifact: plain, hash: hashOf(plain), functions: null })),
    ).toStartWith("LK-6105");
    expect(codeOf(() => setCurrentArtifact(below, hashOf(plain)))).toStartWith("LK-6105");
    chmodSync(directory, 0o700);
  });
});

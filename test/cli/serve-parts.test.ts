import { describe, expect, test } from "bun:test";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Artifact } from "../../src/artifact/artifact.ts";
import { encodeIdSet } from "../../src/artifact/grant.ts";
import { lackingParts, secretsOfArtifact } from "../../src/cli/secrets.ts";
import { curlLine } from "../../src/cli/serve/curl-line.ts";
import { exampleInput } from "../../src/cli/serve/example-input.ts";
import { pickPort } from "../../src/cli/serve/pick-port.ts";
import { readServeSettings } from "../../src/cli/serve/serve-flags.ts";
import { formatBytes, shellWord } from "../../src/cli/text.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";

const artifact = artifactFixture({
  baseUrls: ["http://127.0.0.1:1", "http://127.0.0.1:2"],
  key: generateApiKey("test"),
});

describe("readServeSettings", () => {
  const none = { threads: undefined, "log-level": undefined, drain: undefined };

  test("has defaults", () => {
    expect(readServeSettings(none, {})).toEqual({
      hostname: "127.0.0.1",
      port: 8787,
      threads: Math.min(availableParallelism(), 8),
      logLevel: "info",
      drainMs: 30_000,
    });
  });

  test("reads flags and the environment", () => {
    const flags = { threads: "3", "log-level": "warn", drain: "1m" };
    expect(readServeSettings(flags, { PORT: "0", HOST: "::1" })).toEqual({
      hostname: "::1",
      port: 0,
      threads: 3,
      logLevel: "warn",
      drainMs: 60_000,
    });
  });

  test.each([
    [{ threads: "0" }, {}],
    [{ threads: "2.5" }, {}],
    [{ threads: "999" }, {}],
    [{ "log-level": "loud" }, {}],
    [{ drain: "soon" }, {}],
    [{}, { PORT: "70000" }],
    [{}, { PORT: "80a" }],
    [{}, { PORT: "-1" }],
  ])("refuses %p with %p", (flags, env) => {
    expect(() => readServeSettings({ ...none, ...flags }, env)).toThrow(
      expect.objectContaining({ code: "LK-6103" }),
    );
  });
});

describe("pickPort", () => {
  test("finds a free one", () => {
    const port = pickPort("127.0.0.1", 0);
    expect(port).toBeGreaterThan(0);
    expect(pickPort("127.0.0.1", port)).toBe(port);
  });

  test("sees a listener that would share its port", () => {
    const server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      reusePort: true,
      fetch: () => new Response(),
    });
    try {
      expect(() => pickPort("127.0.0.1", server.port ?? 0)).toThrow(
        expect.objectContaining({
          code: "LK-6102",
          message: `Port ${server.port} on 127.0.0.1 is already in use.`,
        }),
      );
    } finally {
      server.stop(true);
    }
  });

  test("refuses an address that is not this machine's", () => {
    for (const hostname of ["192.0.2.1", "nope.invalid", "::bad", "999.1.1.1"]) {
      const message = `"${hostname}" is no address of this machine.`;
      expect(() => pickPort(hostname, 0)).toThrow(expect.objectContaining({ code: "LK-6102", message }));
    }
  });
});

describe("secrets", () => {
  test("lists each once, and the parts that lack one", () => {
    const ref = { kind: "secret", source: "env", name: "UPSTREAM_KEY" } as const;
    expect(secretsOfArtifact(artifact)).toMatchObject([{ ref, users: [{ name: "box0" }, { name: "box1" }] }]);
    expect(lackingParts(artifact, () => "there")).toEqual([]);
    // A line of spaces in a file is no secret either.
    for (const value of [undefined, "", "  \n"]) {
      expect(lackingParts(artifact, () => value)).toMatchObject([
        { kind: "provider", name: "box0", missing: [ref] },
        { kind: "provider", name: "box1", missing: [ref] },
      ]);
    }
  });

  test("finds those in headers, too", () => {
    const ref = { kind: "secret", source: "file", name: "team.txt" } as const;
    const providers = artifact.providers.map((provider) => ({
      ...provider,
      query: null,
      auth: { kind: "none" as const },
      headers: [["x-team", ref] as [string, typeof ref]],
    }));
    expect(secretsOfArtifact({ ...artifact, providers }).map(({ ref: one }) => one)).toEqual([ref]);
  });
});

describe("curlLine", () => {
  const [app] = artifact.apps;
  if (app === undefined) throw new Error("the fixture has no application");
  const line = (change: Partial<Artifact> = {}, lacking: readonly string[] = [], keyFile = "keys/a.key") =>
    curlLine({
      url: "http://127.0.0.1:8787",
      artifact: { ...artifact, ...change },
      app,
      keyFile: join("/project", keyFile),
      cwd: "/project",
      lacking: new Set(lacking),
    });

  test("is one line that reads the key from its file", () => {
    expect(line()).toBe(
      'curl http://127.0.0.1:8787/v1/chat/completions -H "authorization: Bearer $(cat keys/a.key)" ' +
        `-H "content-type: application/json" -d '{"model":"fast","messages":[{"role":"user","content":"Hello"}]}'`,
    );
  });

  test("quotes a path that a shell would split", () => {
    expect(line({}, [], "my keys/a.key")).toContain("$(cat 'my keys/a.key')");
  });

  test("names a file elsewhere in full", () => {
    expect(line({}, [], "../other/a.key")).toContain("$(cat /other/a.key)");
  });

  test("prefers a model that needs no missing secret", () => {
    const models = artifact.models.map((model, id) => ({ ...model, targets: id === 0 ? [0] : [1] }));
    const grants = artifact.grants.map((grant) => ({ ...grant, models: encodeIdSet([0, 1]) }));
    expect(line({ models, grants }, ["box0"])).toContain('"model":"private"');
    expect(line({}, ["box0"])).toContain('"model":"fast"');
  });

  test("is not there where nothing can be called", () => {
    expect(line({}, ["box0", "box1"])).toBeUndefined();
    const grants = artifact.grants.map((grant) => ({ ...grant, models: "", endpoints: "" }));
    expect(line({ grants })).toBeUndefined();
  });
});

describe("exampleInput", () => {
  test.each([
    [{ type: "string" }, "Hello"],
    [{ type: "string", minLength: 8, maxLength: 9 }, "Helloooo"],
    [{ type: "string", maxLength: 2 }, "He"],
    [{ enum: ["en", "de"] }, "en"],
    [{ const: 7 }, 7],
    [{ type: "string", default: "en" }, "en"],
    [{ type: "integer", minimum: 2.5 }, 3],
    [{ type: "number", minimum: -2, maximum: 0.5 }, 0.5],
    [{ type: "integer", maximum: -1.5 }, -2],
    [{ type: "boolean" }, true],
    [{ anyOf: [{ type: "string", pattern: "^a" }, { type: "null" }] }, null],
    [{ type: "array", items: { type: "string" } }, []],
    [{ type: "array", items: { type: "boolean" }, minItems: 2 }, [true, true]],
    [{ type: "object", properties: { a: { type: "string" }, b: {} }, required: ["a"] }, { a: "Hello" }],
  ])("of %p is %p", (schema, example) => {
    expect(exampleInput(schema)).toEqual(example);
  });

  test.each([
    [{}],
    [true],
    [{ type: "string", pattern: "^[A-Z]+$" }],
    [{ type: "string", minLength: 500 }],
    [{ type: "object", properties: { a: { type: "string", format: "email" } }, required: ["a"] }],
    [{ type: "array", items: { type: "string", format: "uuid" }, minItems: 1 }],
  ])("of %p would take too much", (schema) => {
    expect(exampleInput(schema)).toBeUndefined();
  });
});

describe("text", () => {
  test.each([
    ["plain-1.key", "plain-1.key"],
    ["two words", "'two words'"],
    ["it's", "'it'\\''s'"],
    ["", "''"],
    ["$(x)", "'$(x)'"],
  ])("quotes %p for a shell", (word, quoted) => {
    expect(shellWord(word)).toBe(quoted);
    const echoed = Bun.spawnSync(["sh", "-c", `printf %s ${quoted}`]);
    expect(echoed.stdout.toString()).toBe(word);
  });

  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 kB"],
    [999_600, "1.0 MB"],
    [123_456_789, "123 MB"],
  ])("writes %p bytes as %p", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

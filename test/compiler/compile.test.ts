import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { artifactSchema } from "../../src/artifact/schema/artifact.ts";
import { compile } from "../../src/compiler/compile.ts";
import { type DiagnosticCode, diagnosticTable } from "../../src/compiler/diagnostic-codes.ts";
import { renderDiagnostics } from "../../src/compiler/render.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { canonicalJson } from "../../src/kernel/json.ts";
import { configFolder, configText } from "./support/config-folder.ts";

// A compilation takes a tenth of a second, but the machine may have other things to do.
setDefaultTimeout(60_000);

const golden = join(import.meta.dir, "../golden");
const answer = `const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: z.object({ text: z.string().refine((text) => text !== "no", "must not be no") }),
  output: z.object({ label: z.enum(["a", "b"]) }),
  prompt: ({ text }) => [prompt.user\`\${text}\`],
});`;

describe("compile", () => {
  test("needs nothing installed beside the config, and names the files to watch", async () => {
    const folder = configFolder({
      "gateway.config.ts": configText(
        `import { summary } from "./teams/words.ts";\n${answer}\nif (summary === "") throw summary;`,
        "answer",
      ),
      "teams/words.ts": 'import words from "./words.json";\nexport const { summary } = words;\n',
      "teams/words.json": '{ "summary": "Texts" }',
      "tsconfig.json": "{}",
    });
    const result = await compile({ configFile: join(folder, "gateway.config.ts") });
    expect(result.diagnostics).toEqual([]);
    expect(result.inputs.map((path) => path.slice(folder.length + 1))).toEqual([
      "gateway.config.ts",
      "teams/words.json",
      "teams/words.ts",
      "tsconfig.json",
    ]);
    const { artifact, hash } = result;
    expect(artifactSchema.safeParse(artifact).success).toBe(true);
    expect(hash).toBe(sha256Hex(canonicalJson(artifact)));
  });

  test("names the files to watch also where the config is broken", async () => {
    const folder = configFolder({
      "gateway.config.ts": 'import "./other.ts";\nimport "./missing.ts";\nexport default 1;\n',
      "other.ts": "export const broken = ;\n",
    });
    const { inputs, diagnostics, artifact } = await compile({
      configFile: join(folder, "gateway.config.ts"),
    });
    expect(artifact).toBeNull();
    expect(inputs.map((path) => path.slice(folder.length + 1))).toEqual(["gateway.config.ts", "other.ts"]);
    expect(diagnostics.map(({ code, place }) => [code, place?.file, place?.line, place?.column])).toEqual([
      ["LK1003", "gateway.config.ts", 2, 8],
      ["LK1002", "other.ts", 1, 23],
    ]);
  });

  test("counts the columns of a syntax error in UTF-16 code units", async () => {
    const folder = configFolder({ "gateway.config.ts": 'export const text = "ü🙂" ];\n' });
    const { diagnostics } = await compile({ configFile: join(folder, "gateway.config.ts") });
    expect(diagnostics[0]?.place).toMatchObject({ line: 1, column: 27 });
  });

  test("reports a missing config", async () => {
    const { diagnostics, inputs } = await compile({
      configFile: join(tmpdir(), "no-such-folder/gateway.config.ts"),
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["LK1001"]);
    expect(inputs).toHaveLength(1);
  });

  test("reports a folder in the config's place", async () => {
    const { diagnostics } = await compile({ configFile: configFolder({}) });
    expect(
      diagnostics.map(({ code, message }) => [code, message.startsWith("there is a folder at")]),
    ).toEqual([["LK1001", true]]);
  });

  test("reports a pipe in the config's place at once, as it would be waited for", async () => {
    const configFile = join(configFolder({}), "gateway.config.ts");
    expect(Bun.spawnSync(["mkfifo", configFile]).exitCode).toBe(0);
    const { diagnostics } = await compile({ configFile });
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["LK1001", `${configFile} is no file`],
    ]);
  });

  test("is given up when it is told so", async () => {
    const control = new AbortController();
    const folder = configFolder({ "gateway.config.ts": "for (;;);" });
    const compiled = compile({ configFile: join(folder, "gateway.config.ts"), signal: control.signal });
    control.abort(new Error("enough"));
    await expect(compiled).rejects.toThrow("enough");
  });

  test("answers the same bytes wherever and whenever it runs", async () => {
    const text = configText(answer, "answer");
    const first = configFolder({ "gateway.config.ts": text });
    const second = join(configFolder({}), "a", "much", "deeper folder (ü)");
    mkdirSync(second, { recursive: true });
    cpSync(join(first, "gateway.config.ts"), join(second, "gateway.config.ts"));
    const before = process.cwd();
    const one = await compile({ configFile: join(first, "gateway.config.ts"), nowMs: 0 });
    process.chdir(second);
    try {
      const two = await compile({ configFile: "gateway.config.ts" });
      expect(two.hash).toBe(one.hash);
      expect(two.functions).toBe(one.functions);
      expect(two.hash).toBeString();
    } finally {
      process.chdir(before);
    }
  });

  test("does not depend on how the same data was written", async () => {
    const one = configFolder({ "gateway.config.ts": configText(answer, "answer") });
    const two = configFolder({
      "gateway.config.ts": configText(
        `// A comment.\nconst schema = { text: z.string().refine((text) => text !== "no", "must not be no") };\n${answer.replace(/input: z.object\(.*\),/, "input: z.object(schema),")}`,
        "answer",
      ),
    });
    const compiled = await Promise.all(
      [one, two].map((folder) => compile({ configFile: join(folder, "gateway.config.ts") })),
    );
    const [first, second] = compiled.map(({ artifact }) => canonicalJson({ ...artifact, functions: null }));
    expect(first).toBe(second ?? "");
    expect(first).toContain("/api/answer/v1");
  });
});

test("what may be a secret is shown nowhere", async () => {
  const secrets = ["sk-proj-abcdefghijklmnop", "hunter2hunter2", "lk_live_abc_def", "user:pass"];
  const text = `import { app, defineGateway, key, model, openai, openaiCompatible, tenant } from "latchkey/config";
const oai = openai({ apiKey: "sk-proj-abcdefghijklmnop" });
const box = openaiCompatible({
  baseUrl: "https://user:pass@example.com/v1", headers: { "x-api-key": "hunter2hunter2" },
});
const team = tenant({ apps: { shop: app({ uses: [], keys: { a: key({ digest: "lk_live_abc_def" }) } }) } });
export default defineGateway({ providers: { oai, box }, models: { fast: model({ targets: [oai("x"), box("y")] }) }, tenants: { team } });
`;
  const folder = configFolder({ "gateway.config.ts": text });
  const { diagnostics } = await compile({ configFile: join(folder, "gateway.config.ts") });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toHaveLength(4);
  const rendered = renderDiagnostics(diagnostics, { sources: () => text, colour: false, width: 200 });
  for (const secret of secrets) {
    expect(text).toContain(secret);
    expect(JSON.stringify(diagnostics)).not.toContain(secret);
    expect(rendered).not.toContain(secret);
  }
});

test("credentials in any option are shown nowhere, and none of them reaches an artifact", async () => {
  const configFile = join(golden, "vendor-keys/gateway.config.ts");
  const text = readFileSync(configFile, "utf8");
  const { diagnostics, artifact } = await compile({ configFile });
  expect(artifact).toBeNull();
  const shown = `${JSON.stringify(diagnostics)}${renderDiagnostics(diagnostics, { sources: () => text, colour: false, width: 200 })}`;
  const secrets = text.match(
    /sk-proj-\w+|abcdefghijklmnop\b|b3Bz\w+|Zk3v\w+|Ab1|AIza\w+|xai-\w+|hf_\w+|AKIA\w+|github_pat_\w+|sk-ant-[\w-]+|ghp_\w+/g,
  );
  expect(secrets?.length).toBeGreaterThan(12);
  for (const secret of secrets ?? []) expect(shown).not.toContain(secret);
});

test("every diagnostic is shown by a golden config or has a test of its own", () => {
  // Machines, time and memory: `evaluate-config.test.ts`, `run-bundler.test.ts` and the tests above.
  const elsewhere = new Set<DiagnosticCode>(["LK1001", "LK1002", "LK1013", "LK1014", "LK1016"]);
  const shown = new Set(
    readdirSync(golden).flatMap((name) => {
      const { expected = "" } = { expected: readExpected(name) };
      return [...expected.matchAll(/^(?:error|warning|note) (LK\d{4}):/gm)].map(([, code]) => code);
    }),
  );
  const missing = Object.keys(diagnosticTable).filter(
    (code) => !shown.has(code) && !elsewhere.has(code as DiagnosticCode),
  );
  expect(missing).toEqual([]);
});

function readExpected(name: string): string {
  try {
    return readFileSync(join(golden, name, "expected/diagnostics.txt"), "utf8");
  } catch {
    return "";
  }
}

test("ten thousand keys make a handful of warnings", async () => {
  const keys = Array.from(
    { length: 10_000 },
    (_, index) =>
      `k${index}: key({ digest: "sha256:${sha256Hex(String(index))}", networks: ["10.0.0.0/8"] })`,
  );
  const folder = configFolder({});
  const more = `const crowd = tenant({ apps: { all: app({ uses: () => [texts], keys: {\n${keys.join(",\n")}\n} }) } });`;
  writeFileSync(
    join(folder, "gateway.config.ts"),
    configText(more)
      .replace("offers: [fast]", 'offers: [fast], visibility: "everyone"')
      .replace("tenants: { team }", "tenants: { team, crowd }"),
  );
  const { artifact, diagnostics } = await compile({ configFile: join(folder, "gateway.config.ts") });
  expect(diagnostics).toEqual([]);
  expect(artifact?.keys).toHaveLength(10_000);
  expect(artifact?.grants).toHaveLength(1);
});

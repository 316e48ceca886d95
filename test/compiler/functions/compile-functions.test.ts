import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FunctionsModule } from "../../../src/artifact/function-ref.ts";
import { compile } from "../../../src/compiler/compile.ts";
import { digestOf } from "../../../src/kernel/hash.ts";
import { configFolder, configText } from "../support/config-folder.ts";

const endpoints = `
const one = endpoint({
  version: "1.0.0", model: fast,
  input: z.object({ text: z.string().min(2), language: z.enum(["en", "de"]).default("en") }),
  output: z.object({ label: z.string() }),
  prompt: ({ text, language }) => [prompt.user\`\${text} \${language}\`],
});
const two = endpoint({
  version: "1.0.0", model: fast,
  input: z.object({ text: z.string().min(2), language: z.enum(["en", "de"]).default("en") }),
  prompt: ({ text, language }) => [prompt.user\`\${text} \${language}\`],
});
const coded = endpoint({
  version: "1.0.0", model: fast,
  input: z.object({
    tags: z.string().transform((text) => text.split(",")),
    user: z.object({ name: z.string().refine((name) => name !== "root", "must not be root") }),
  }),
  output: z.object({ text: z.string().trim() }),
  prompt: ({ tags, user }) => [prompt.user\`\${list(tags, (tag) => fragment\`\${tag}\`)} \${user.name}\`],
});
const waiting = endpoint({
  version: "1.0.0", model: fast,
  input: z.object({ text: z.string().refine(async (text) => text !== "taken", "is taken") }),
  prompt: ({ text }) => [prompt.user\`\${text}\`],
});`;

const folder = configFolder({ "gateway.config.ts": configText(endpoints, "one, two, coded, waiting") });
const { artifact, functions, diagnostics } = await compile({ configFile: join(folder, "gateway.config.ts") });
writeFileSync(join(folder, "functions.js"), functions ?? "");
const { validators }: FunctionsModule = await import(join(folder, "functions.js"));
const names = new Map(
  artifact?.endpoints.map(({ name, checkInput, checkOutput }) => [name, { checkInput, checkOutput }]),
);

function check(endpoint: string, side: "checkInput" | "checkOutput", value: unknown): unknown {
  const validator = validators[names.get(endpoint)?.[side] ?? ""];
  if (validator === undefined) throw new Error(`no validator for ${endpoint}`);
  return validator(value);
}

test("the file is one module without imports, and the artifact holds its digest", () => {
  expect(diagnostics).toEqual([]);
  expect(artifact?.functions).toEqual({ digest: digestOf(functions ?? "") });
  expect(functions).not.toMatch(/\bimport\s*[({"']|\bfrom\s*["']|\brequire\(/);
  expect(functions).not.toContain(folder);
  expect(functions).not.toContain(join(import.meta.dir, "../../.."));
});

test("equal schemas share a validator", () => {
  expect(names.get("one")?.checkInput).toBe(names.get("two")?.checkInput ?? "");
  expect(names.get("two")?.checkOutput).toBeNull();
  expect(Object.keys(validators)).toHaveLength(5);
});

test("plain schemas are checked and filled in", () => {
  expect(check("one", "checkInput", { text: "hi", more: 1 })).toEqual({
    ok: true,
    value: { text: "hi", language: "en" },
  });
  expect(check("one", "checkInput", { text: "h", language: "fr" })).toEqual({
    ok: false,
    issues: [
      { path: "language", message: 'must be one of "en", "de"' },
      { path: "text", message: "must have at least 2 characters" },
    ],
  });
  expect(check("one", "checkOutput", null)).toEqual({
    ok: false,
    issues: [{ path: "", message: "must be an object" }],
  });
});

test("refinements and transforms of the config run", () => {
  expect(check("coded", "checkInput", { tags: "a,b", user: { name: "ann" } })).toEqual({
    ok: true,
    value: { tags: ["a", "b"], user: { name: "ann" } },
  });
  expect(check("coded", "checkInput", { tags: "a", user: { name: "root" } })).toEqual({
    ok: false,
    issues: [{ path: "user.name", message: "must not be root" }],
  });
  expect(check("coded", "checkOutput", { text: "  hi " })).toEqual({ ok: true, value: { text: "hi" } });
});

test("asynchronous refinements are awaited", async () => {
  expect(await check("waiting", "checkInput", { text: "free" })).toEqual({
    ok: true,
    value: { text: "free" },
  });
  expect(await check("waiting", "checkInput", { text: "taken" })).toEqual({
    ok: false,
    issues: [{ path: "text", message: "is taken" }],
  });
});

import { join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { assert } from "../../kernel/assert.ts";
import { canonicalJson, type JsonObject } from "../../kernel/json.ts";
import { bundleOptions } from "../bundle/bundle-config.ts";
import { packageResolver } from "../bundle/package-resolver.ts";
import { runBundler } from "../bundle/run-bundler.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import type { Report } from "../report.ts";
import { planValidators, type SchemaPlace, type ValidatorPlan } from "./plan-validators.ts";

/** The code file of an artifact. */
export interface CompiledFunctions {
  /** Null where the gateway has no endpoints. */
  readonly code: string | null;
  /** Name of the validator by endpoint declaration and side, as `12.input`. */
  readonly names: ReadonlyMap<string, string>;
}

const moduleFolder = join(import.meta.dir, "module");

/**
 * Makes `functions.js`: one ES module without imports, whose text depends on nothing but the config. Null where the
 * bundler fails; the report says why.
 */
export async function compileFunctions(
  config: PromptedConfig,
  configFile: string,
  report: Report,
  limitMs?: number,
): Promise<CompiledFunctions | null> {
  const plan = planValidators(config);
  if (plan.names.size === 0) return { code: null, names: plan.names };
  const options = bundleOptions(configFile);
  const job: BuildOptions & { readonly write: false } = {
    ...options,
    stdin: { contents: entryText(plan, configFile), resolveDir: options.absWorkingDir, loader: "js" },
    write: false,
    minify: true,
    // Names of modules in comments and helpers would carry paths of this machine.
    legalComments: "none",
    plugins: [withoutSites, packageResolver({ zod: "bundled" })],
  };
  const result = await runBundler(job, report, limitMs);
  if (result === null) return null;
  const code = result.outputFiles[0]?.text;
  assert(code !== undefined, "esbuild made no functions.js");
  return { code, names: plan.names };
}

/** Whoever serves a config has no use for where its declarations were written, and ten thousand of them take time. */
const withoutSites: Plugin = {
  name: "latchkey-without-sites",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]sdk[\\/]config[\\/]capture-site\.ts$/ }, () => ({
      contents: 'export const captureSite = () => "";',
      loader: "js",
    }));
  },
};

function entryText({ checked, run }: ValidatorPlan, configFile: string): string {
  const file = (name: string): string => JSON.stringify(join(moduleFolder, name));
  const members = [
    ...[...checked].map(([name, schema]) => `${name}: checkedValidator(${scriptOf(schema)})`),
    ...[...run].map(([name, place]) => `${name}: schemaValidator(${expressionOf(place)})`),
  ];
  const imports = [
    ...(checked.size === 0 ? [] : [`import { checkedValidator } from ${file("checked-validator.ts")};`]),
    ...(run.size === 0
      ? []
      : [
          `import { schemaValidator } from ${file("schema-validator.ts")};`,
          `import gateway from ${JSON.stringify(configFile)};`,
          "const versions = (entry) => (Array.isArray(entry) ? entry : [entry]);",
        ]),
  ];
  return `${imports.join("\n")}\nexport const validators = {\n  ${members.join(",\n  ")}\n};\n`;
}

function expressionOf({ endpoint, position, side }: SchemaPlace): string {
  return `versions(gateway.endpoints[${JSON.stringify(endpoint)}])[${position}].${side}`;
}

/** JSON as a script: in an object literal `__proto__` would not be a field. */
function scriptOf(schema: JsonObject): string {
  const text = canonicalJson(schema);
  return text.includes("__proto__") ? `JSON.parse(${JSON.stringify(text)})` : text;
}

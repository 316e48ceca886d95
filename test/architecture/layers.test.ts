import { describe, expect, test } from "bun:test";
import { dirname, join, relative, resolve } from "node:path";
import { Glob } from "bun";
import { type Layer, layers } from "./layers.ts";

const root = resolve(import.meta.dir, "../..");

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

async function importsOf(path: string): Promise<readonly Import[]> {
  const text = (await Bun.file(join(root, path)).text()).replace(/\/\*[\s\S]*?\*\//g, "");
  const statements = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?"([^"]+)";/gm);
  const found = [...statements].map(([, type, names, to]) => ({
    from: path,
    to: to ?? "",
    typeOnly: type !== undefined || (names !== undefined && everyNameIsType(names)),
  }));
  const dynamic = [...text.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, to]) => ({
    from: path,
    to: to ?? "",
    typeOnly: false,
  }));
  return [...found, ...dynamic];
}

function everyNameIsType(names: string): boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(names.trim())?.[1];
  return inner?.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type ")) ?? false;
}

function layerOf(path: string): Layer | undefined {
  return layers.find(({ folder }) => path.startsWith(`${folder}/`));
}

function judge(found: Import): string | undefined {
  const layer = layerOf(found.from);
  if (layer === undefined)
    return `${found.from} is in no layer; add its folder to test/architecture/layers.ts`;
  if (!found.to.startsWith(".")) return judgePackage(layer, found);
  const target = relative(root, resolve(root, dirname(found.from), found.to));
  if (target.startsWith(`${layer.folder}/`)) return undefined;
  const allowed = layer.mayImport.some((entry) => matches(target, entry));
  const asType = found.typeOnly && layer.mayImportTypesOf.some((entry) => matches(target, entry));
  if (allowed || asType) return undefined;
  return `${found.from} imports ${target}${found.typeOnly ? " (types)" : ""}: ${layer.reason}`;
}

function judgePackage(layer: Layer, found: Import): string | undefined {
  if (found.typeOnly) return undefined;
  const allowed = layer.packages.some(
    ({ name, in: only }) =>
      matchesPackage(found.to, name) && (only === undefined || found.from.startsWith(only)),
  );
  return allowed
    ? undefined
    : `${found.from} imports the package ${found.to}: ${layer.folder} may use ${layer.packages.map(({ name }) => name).join(", ") || "none"}`;
}

const matches = (target: string, entry: string): boolean =>
  target === entry || target.startsWith(`${entry}/`);
const matchesPackage = (specifier: string, name: string): boolean =>
  specifier === name || specifier.startsWith(name.endsWith(":") ? name : `${name}/`);

describe("layers", () => {
  test("every file imports only what its layer may", async () => {
    const breaks: string[] = [];
    for (const pattern of ["src/**/*.ts", "sdk/**/*.ts"]) {
      for await (const path of new Glob(pattern).scan(root)) {
        for (const found of await importsOf(path)) {
          const broken = judge(found);
          if (broken !== undefined) breaks.push(broken);
        }
      }
    }
    expect(breaks).toEqual([]);
  });

  test("the judge sees a break", () => {
    expect(judge({ from: "src/runtime/x.ts", to: "../compiler/compile.ts", typeOnly: false })).toContain(
      "src/runtime",
    );
    expect(judge({ from: "src/kernel/x.ts", to: "elysia", typeOnly: false })).toContain("package elysia");
    expect(judge({ from: "src/runtime/x.ts", to: "../kernel/error.ts", typeOnly: false })).toBeUndefined();
  });
});

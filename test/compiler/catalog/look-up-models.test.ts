import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { loadModels, type ProviderModels } from "../../../src/catalog/load-models.ts";
import { lookUpModels, type TargetFacts } from "../../../src/compiler/catalog/look-up-models.ts";
import { compile } from "../../../src/compiler/compile.ts";
import type { ResolvedConfig } from "../../../src/compiler/passes/resolve-references.ts";
import { configFolder } from "../support/config-folder.ts";

// A compilation takes a tenth of a second, but the machine may have other things to do.
setDefaultTimeout(60_000);

const DAY_MS = 86_400_000;

/** Facts of one target at a provider of a type; only what is looked at is there. */
function factsOf(type: string, target: object, load = loadModels): TargetFacts | undefined {
  const config = { providers: new Map([[1, { type }]]), targets: new Map([[2, { provider: 1, ...target }]]) };
  return lookUpModels(config as unknown as ResolvedConfig, load).facts.get(2);
}

describe("a target", () => {
  test("has what the catalog says of its model", () => {
    expect(factsOf("openai", { upstreamModel: "gpt-4.1-mini" })).toMatchObject({
      contextWindow: 1_047_576,
      maxOutputTokens: 32_768,
      lacks: ["audio", "reasoning"],
      price: { input: 400_000_000, output: 1_600_000_000, cacheRead: 100_000_000 },
    });
  });

  test("has what the config says of it instead", () => {
    const price = { input: 1, output: 2 };
    expect(
      factsOf("openai", {
        upstreamModel: "gpt-4.1-mini",
        price,
        contextWindow: 3,
        maxOutputTokens: 4,
        lacks: [],
      }),
    ).toMatchObject({
      price: { input: 1, output: 2, audioInput: 1 },
      contextWindow: 3,
      maxOutputTokens: 4,
      lacks: [],
    });
  });

  test("of a model that nobody knows has nothing, and no price of 0", () => {
    expect(factsOf("openai", { upstreamModel: "gpt-next" })).toEqual({
      card: undefined,
      price: null,
      contextWindow: null,
      maxOutputTokens: null,
      lacks: [],
    });
  });

  test("with a name of its own is what its base model is", () => {
    const deployment = { upstreamModel: "our-deployment", baseModel: "gpt-4.1-mini" };
    expect(factsOf("azure-openai", deployment)).toMatchObject({
      contextWindow: 1_047_576,
      price: { input: 400_000_000 },
    });
    expect(factsOf("openai", deployment)).toMatchObject({ contextWindow: 1_047_576 });
  });

  test("whose name is free is not taken for the model of that name", () => {
    expect(factsOf("azure-openai", { upstreamModel: "gpt-4.1-mini" })).toMatchObject({
      card: undefined,
      price: null,
    });
  });
});

test("only the provider types that are used are read, each once", () => {
  const read: string[] = [];
  const load = (type: string): ProviderModels => {
    read.push(type);
    return loadModels(type);
  };
  const config = {
    providers: new Map([1, 2, 3].map((id) => [id, { type: id === 3 ? "anthropic" : "openai" }])),
    targets: new Map([1, 2, 3, 1].map((provider, id) => [id, { provider, upstreamModel: "x" }])),
  };
  lookUpModels(config as unknown as ResolvedConfig, load);
  expect(read).toEqual(["openai", "anthropic"]);
});

describe("the day", () => {
  const retired = Date.parse("2026-12-11");
  const text = `
    import { defineGateway, env, model, openai, service, tenant } from "latchkey/config";
    const oai = openai({ apiKey: env("OPENAI_API_KEY") });
    const fast = model({ targets: [oai("gpt-5-mini")] });
    const team = tenant({});
    const texts = service({ owner: team, offers: [fast] });
    export default defineGateway({ providers: { oai }, models: { fast }, services: { texts }, tenants: { team } });
  `;
  const compileAt = async (
    nowMs: number,
  ): Promise<{ codes: readonly string[]; artifact: Artifact | null }> => {
    const folder = configFolder({ "gateway.config.ts": text });
    const { diagnostics, artifact } = await compile({ configFile: join(folder, "gateway.config.ts"), nowMs });
    return { codes: diagnostics.map(({ code, severity }) => `${severity} ${code}`), artifact };
  };

  test.each([
    ["before it was announced", Date.parse("2026-06-10"), []],
    ["when it was announced", Date.parse("2026-06-11"), ["note LK1614"]],
    ["31 days before its end", retired - 31 * DAY_MS, ["note LK1614"]],
    ["30 days before its end", retired - 30 * DAY_MS, ["warning LK1613"]],
    ["at its end", retired, ["warning LK1613"]],
  ])("of compiling, %s, decides what is said of a model", async (_, nowMs, expected) => {
    expect((await compileAt(nowMs)).codes).toEqual([...expected]);
  });

  test("of compiling changes nothing in the artifact", async () => {
    const [early, late] = [await compileAt(0), await compileAt(retired)];
    expect(late.artifact).toEqual(early.artifact);
  });
});

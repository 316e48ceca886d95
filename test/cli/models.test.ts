import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import type { ListedModel } from "../../src/cli/listed-model.ts";
import { brokenConfig, project } from "./support/project.ts";
import { run } from "./support/test-io.ts";

// Configs are compiled in processes that share the machine with whatever else runs.
setDefaultTimeout(60_000);

const nowMs = Date.parse("2026-11-24T12:00:00Z");

async function list(...flags: string[]): Promise<readonly ListedModel[]> {
  const { code, out, errors } = await run(["models", "--json", ...flags], { nowMs });
  expect({ code, errors }).toEqual({ code: exitCodes.ok, errors: "" });
  return (JSON.parse(out) as { models: ListedModel[] }).models;
}

const none = "No models. Those of servers of your own are known by `--configured` alone.\n";

const names = (models: readonly ListedModel[]): readonly string[] =>
  models.map(({ provider, id }) => `${provider}/${id}`);

describe("models", () => {
  test("lists more than a thousand models of many providers", async () => {
    const models = await list();
    expect(models.length).toBeGreaterThan(1_000);
    expect(new Set(models.map(({ provider }) => provider)).size).toBeGreaterThan(25);
  });

  test("tells of each its limits, abilities, life and what it costs today", async () => {
    const [model] = await list("--provider", "openai", "--search", "gpt-5.6-sol");
    expect(model).toMatchObject({
      provider: "openai",
      id: "gpt-5.6-sol",
      name: "GPT-5.6 Sol",
      kind: "chat",
      contextWindow: 1_050_000,
      maxOutputTokens: 128_000,
      takes: ["text", "image", "file"],
      can: ["tools", "reasoning", "json-schema"],
      lacks: ["audio"],
      state: "current",
      price: { input: 4_000_000_000, cacheRead: 400_000_000, longContext: [{ above: 271_999 }] },
      priceSince: "2026-08-21",
      prices: [{ input: 5_000_000_000 }, { from: "2026-08-21", input: 4_000_000_000 }],
    });
  });

  test("knows what a model cost at another time", async () => {
    const flags = ["models", "--json", "--provider", "openai", "--search", "gpt-5.6-sol"];
    const { out } = await run(flags, { nowMs: Date.parse("2026-08-20") });
    expect(JSON.parse(out)).toMatchObject({
      models: [{ price: { input: 5_000_000_000 }, priceSince: null }, {}],
    });
  });

  test("says of a model that is gone since nobody knows when that it is retired, and what to use", async () => {
    const flags = ["models", "--provider", "xai", "--search", "grok-beta"];
    const { out } = await run(flags, { nowMs });
    expect(out.trimEnd().split("\t").at(-1)).toBe("retired, use grok-4.3");
    const { out: json } = await run([...flags, "--json"], { nowMs });
    expect(JSON.parse(json)).toMatchObject({ models: [{ state: "retired", replacement: "grok-4.3" }] });
  });

  test("shows a table, with what is retired or soon will be, between tabs where nobody watches", async () => {
    const { out } = await run(["models", "--provider", "anthropic", "--search", "opus-4"], { nowMs });
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows[0]).toEqual([
      "provider",
      "model",
      "context",
      "output",
      "in USD/M",
      "out USD/M",
      "else USD",
      "since",
      "can",
      "life",
    ]);
    const row = (id: string): readonly string[] | undefined => rows.find((cells) => cells[1] === id);
    expect(row("claude-opus-4-1")?.at(-1)).toBe("retired 2026-08-05, use claude-opus-4-8");
    expect(row("claude-opus-4-6")).toEqual([
      "anthropic",
      "claude-opus-4-6",
      "1,000,000",
      "128,000",
      "5",
      "25",
      "-",
      "2026-03-13",
      "tools,reasoning,json-schema,vision,files",
      "-",
    ]);
    const openai = (await run(["models", "--provider", "openai", "--search", "gpt-4o-mini"], { nowMs })).out;
    expect(openai).toContain("deprecated, until 2027-01-14, use gpt-6-luna");
  });

  test("is aligned on a terminal, and counted there", async () => {
    const { out, errors } = await run(["models", "--search", "opus-4-1", "--provider", "anthropic"], {
      nowMs,
      terminal: true,
      env: { NO_COLOR: "1" },
    });
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).not.toContain("	");
    expect(lines[0]?.indexOf("life")).toBe(lines[1]?.indexOf("retired") ?? -1);
    expect(errors).toBe("2 models\n");
  });
});

describe("choosing models", () => {
  test("by ability takes only those that are known to have all of them", async () => {
    const models = await list("--can", "tools, vision,audio");
    expect(models.length).toBeGreaterThan(5);
    expect(models.every(({ can, takes }) => can.includes("tools") && takes.includes("audio"))).toBe(true);
    expect(models.every(({ takes }) => takes.includes("image"))).toBe(true);
    expect(names(models)).toContain("google/gemini-3.8-flash");
  });

  test("by window and price leaves out those of which neither is known", async () => {
    const models = await list("--min-context", "1m", "--max-price", "0.1");
    expect(names(models)).toContain("openai/gpt-6-luna");
    expect(models.every(({ contextWindow }) => (contextWindow ?? 0) >= 1_000_000)).toBe(true);
    expect(models.every(({ price }) => (price?.input ?? Infinity) <= 100_000_000)).toBe(true);
    expect(await list("--min-context", "1000000", "--max-price", "0.1")).toEqual(models);
  });

  test("by text looks at ids and names, whatever their case", async () => {
    expect(names(await list("--search", "gpt-5.6 SOL", "--provider", "openai"))).toContain(
      "openai/gpt-5.6-sol",
    );
  });

  test("by kind knows what they are for, and what pictures and sound cost", async () => {
    const pictures = await list("--kind", "image");
    expect(new Set(pictures.map(({ kind, gives }) => `${kind} ${gives.includes("image")}`))).toEqual(
      new Set(["image true"]),
    );
    expect(names(pictures)).toContain("together/black-forest-labs/FLUX.1-schnell");
    const row = async (...flags: string[]): Promise<readonly string[]> =>
      (await run(["models", ...flags], { nowMs })).out.split("\n")[1]?.split("\t") ?? [];
    expect((await row("--provider", "xai", "--search", "grok-imagine-image"))[6]).toBe("0.02/picture");
    expect((await row("--provider", "openai", "--search", "whisper-1"))[6]).toBe("0.36/hour");
    expect((await row("--provider", "openai", "--search", "tts-1-hd"))[6]).toBe("30/M characters");
    expect((await row("--provider", "cohere", "--search", "rerank-v3.5"))[6]).toBe("2/K searches");
    expect((await row("--provider", "perplexity", "--search", "sonar-deep"))[6]).toMatch(/^-$|\/call$/);
  });

  test("that are still served leaves out those that are retired, not those that will be", async () => {
    const all = await list("--provider", "openai");
    const served = await list("--provider", "openai", "--served");
    expect(served).toEqual(all.filter(({ state }) => state !== "retired"));
    expect(served.length).toBeLessThan(all.length);
    expect(names(served)).toContain("openai/gpt-4.1");
  });

  test("of a provider takes its name in configs as well", async () => {
    const models = await list("--provider", "azureOpenai");
    expect(models).toEqual(await list("--provider", "azure-openai"));
    expect(models.length).toBeGreaterThan(50);
  });

  test("that nothing fits says so", async () => {
    const { code, out, errors } = await run(["models", "--search", "no such model"], { nowMs });
    expect({ code, out, errors }).toEqual({ code: exitCodes.ok, out: "", errors: none });
  });

  test.each([
    [["--provider", "opanai"], 'There is no provider type "opanai"; did you mean openai?'],
    [["--kind", "picture"], "--kind takes one of chat, embedding"],
    [["--kind", "imge"], "did you mean image?"],
    [["--can", "tools,visoin"], 'not "visoin"; did you mean vision?'],
    [["--min-context", "-5"], "--min-context"],
    [["--min-context", "lots"], "--min-context takes a number of tokens"],
    [["--max-price", "cheap"], "--max-price takes US dollars"],
  ])("by %p is refused with a reason", async (flags, reason) => {
    const { code, errors } = await run(["models", ...flags]);
    expect(code).toBe(exitCodes.usage);
    expect(errors).toContain(reason);
  });
});

describe("models --configured", () => {
  const config = `import { defineGateway, demo, env, model, openai, openaiCompatible, service, tenant } from "latchkey/config";
const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const box = openaiCompatible({ baseUrl: "http://127.0.0.1:8000/v1" });
const local = demo();
const price = { input: "3 USD", output: "4 USD" } as const;
const fast = model({ targets: [oai("gpt-6-luna"), box("mine", { price, contextWindow: 8_192, lacks: ["tools"] }), local("echo")] });
const same = model({ targets: [oai("gpt-6-luna")] });
const team = tenant({});
const texts = service({ owner: team, offers: [fast, same] });
export default defineGateway({ providers: { oai, box, local }, models: { fast, same }, services: { texts }, tenants: { team } });
`;

  test("lists what the targets use, each once, as the config has it", async () => {
    const { out } = await run(["models", "--configured", "--json"], { cwd: project(config), nowMs });
    const { models } = JSON.parse(out) as { models: ListedModel[] };
    expect(names(models)).toEqual(["openai/gpt-6-luna", "openai-compatible/mine", "demo/echo"]);
    expect(models[1]).toMatchObject({
      kind: null,
      contextWindow: 8_192,
      lacks: ["tools"],
      price: { input: 3_000_000_000, output: 4_000_000_000 },
      prices: [],
    });
  });

  test("of a config with errors shows those", async () => {
    const { code, out, errors } = await run(["models", "--configured"], {
      cwd: project(brokenConfig),
      nowMs,
    });
    expect(code).toBe(exitCodes.configErrors);
    expect(out).toBe("");
    expect(errors).toContain("error LK");
  });
});

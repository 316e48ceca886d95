import type {
  ArtifactEndpoint,
  ArtifactModel,
  ArtifactPrice,
  ArtifactRoute,
  ArtifactTarget,
} from "../../artifact/artifact.ts";
import { type DemoModelId, demoModelPrices } from "../../catalog/demo-models.ts";
import { assert } from "../../kernel/assert.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import { alsoSpoken, targetDialect } from "../passes/target-dialect.ts";
import type { ReadProvider } from "../read/shapes/provider.ts";
import type { ReadTarget } from "../read/shapes/supply.ts";
import { lowerPolicy } from "./lower-policy.ts";

/** Models and their targets; a target that several models share is there once. */
export function lowerModels(config: PromptedConfig): { models: ArtifactModel[]; targets: ArtifactTarget[] } {
  const targets: ArtifactTarget[] = [];
  const known = new Map<string, number>();
  const targetId = (declaration: number): number => {
    const declared = config.targets.get(declaration);
    assert(declared !== undefined, "a target was not read");
    const target = lowerTarget(config, declared);
    const key = JSON.stringify(target);
    const id = known.get(key) ?? targets.push(target) - 1;
    known.set(key, id);
    return id;
  };
  const models = config.tables.models.map(({ name, options }): ArtifactModel => {
    const routing = config.fallbacks.get(options.routing ?? -1);
    const ids = [...new Set((options.targets ?? []).map(targetId))];
    return {
      name,
      summary: options.summary ?? null,
      targets: ids,
      routing: {
        strategy: "fallback",
        attempts: Math.min(routing?.attempts ?? ids.length, ids.length),
        firstTokenMs: routing?.firstTokenWithin ?? null,
      },
      ...lowerPolicy(config, options),
    };
  });
  return { models, targets };
}

function lowerTarget(config: PromptedConfig, target: ReadTarget): ArtifactTarget {
  const { provider, upstreamModel, price } = target;
  const id = config.tableIds.get(provider ?? -1);
  const account = config.providers.get(provider ?? -1);
  assert(id !== undefined && account && upstreamModel !== undefined, "a target has no provider");
  const isDemo = account.type === "demo";
  const spoken = targetDialect(account.type, upstreamModel, target.dialect);
  return {
    provider: id,
    upstreamModel,
    dialect: spoken?.dialect ?? null,
    basePath: spoken?.basePath ?? "",
    quirks: { ...spoken?.quirks, ...(spoken?.dialect === "openai-chat" ? ownQuirks(account) : {}) },
    alsoSpeaks: alsoSpoken(account.type, spoken).map(({ dialect, basePath = "" }) => ({ dialect, basePath })),
    price: isDemo && price === undefined ? demoPrice(upstreamModel) : lowerPrice(price),
  };
}

/** What the config says of a server, in the words of the dialect. */
function ownQuirks({ quirks, streamUsage }: ReadProvider): ArtifactTarget["quirks"] {
  const own: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(quirks ?? {})) if (value !== undefined) own[name] = value;
  if (streamUsage !== undefined) own["streamOptions"] = streamUsage;
  return own;
}

function demoPrice(model: string): ArtifactPrice {
  const { input, output } = demoModelPrices[model as DemoModelId];
  return { input, output, cacheRead: input, cacheWrite: input, reasoning: output };
}

function lowerPrice(price: ReadTarget["price"]): ArtifactPrice | null {
  if (price?.input === undefined || price.output === undefined) return null;
  const { input, output, cacheRead = input, cacheWrite = input, reasoning = output } = price;
  return { input, output, cacheRead, cacheWrite, reasoning };
}

/** Endpoint versions; `names` are those of their validators. */
export function lowerEndpoints(
  config: PromptedConfig,
  names: ReadonlyMap<string, string>,
): ArtifactEndpoint[] {
  return config.tables.endpoints.map(({ id, name, options }) => {
    const { version, input, output } = options;
    const model = config.tableIds.get(options.model ?? -1);
    const prompt = config.prompts.get(id);
    const checkInput = names.get(`${id}.input`);
    assert(
      version && input && prompt && model !== undefined && checkInput !== undefined,
      "an endpoint was not read",
    );
    return {
      name,
      version: version.text,
      major: version.major,
      status: options.status ?? "published",
      summary: options.summary ?? null,
      model,
      prompt,
      input: input.input.json,
      output: output?.output.json ?? null,
      checkInput,
      checkOutput: names.get(`${id}.output`) ?? null,
      maxOutputTokens: options.maxOutputTokens ?? null,
      temperature: options.temperature ?? null,
    };
  });
}

/** Paths of all versions: by major version, and the first one as the current one. Retired ones answer 410 there. */
export function lowerRoutes({ tables }: PromptedConfig): ArtifactRoute[] {
  return tables.endpoints.flatMap(({ name, position, options }, endpoint) => {
    const route = (last: string): ArtifactRoute => ({
      method: "POST",
      path: `/api/${name}/${last}`,
      endpoint,
    });
    const byMajor = route(`v${options.version?.major}`);
    return position === 0 ? [byMajor, route("current")] : [byMajor];
  });
}

import type {
  ArtifactEndpoint,
  ArtifactModel,
  ArtifactRoute,
  ArtifactTarget,
} from "../../artifact/artifact.ts";
import { assert } from "../../kernel/assert.ts";
import type { TargetFacts } from "../catalog/look-up-models.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import { alsoSpoken, isMute, targetDialect } from "../passes/target-dialect.ts";
import type { ReadProvider } from "../read/shapes/provider.ts";
import type { ReadTarget } from "../read/shapes/supply.ts";
import { lowerLifecycle } from "./lower-lifecycle.ts";
import { lowerPolicy } from "./lower-policy.ts";

/** Models and their targets; a target that several models share is there once. */
export function lowerModels(config: PromptedConfig): { models: ArtifactModel[]; targets: ArtifactTarget[] } {
  const targets: ArtifactTarget[] = [];
  const known = new Map<string, number>();
  const targetId = (declaration: number): number => {
    const declared = config.targets.get(declaration);
    const facts = config.facts.get(declaration);
    assert(declared !== undefined && facts !== undefined, "a target was not read");
    const target = lowerTarget(config, declared, facts);
    const key = JSON.stringify(target);
    const id = known.get(key) ?? targets.push(target) - 1;
    known.set(key, id);
    return id;
  };
  const models = config.tables.models.map(({ name, options }): ArtifactModel => {
    const routing = config.fallbacks.get(options.routing ?? -1);
    const ids = [...new Set((options.targets ?? []).map(targetId))];
    const releasedOn = config.facts.get(options.targets?.[0] ?? -1)?.card?.releasedOn;
    return {
      name,
      summary: options.summary ?? null,
      ...(releasedOn !== undefined && { releasedOn }),
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

function lowerTarget(config: PromptedConfig, target: ReadTarget, facts: TargetFacts): ArtifactTarget {
  const { provider, upstreamModel } = target;
  const id = config.tableIds.get(provider ?? -1);
  const account = config.providers.get(provider ?? -1);
  assert(id !== undefined && account && upstreamModel !== undefined, "a target has no provider");
  const { card, price, contextWindow, maxOutputTokens, lacks } = facts;
  const spoken = isMute(target, card)
    ? undefined
    : targetDialect(account, target.baseModel ?? upstreamModel, target.dialect ?? card?.speaks);
  return {
    provider: id,
    upstreamModel,
    dialect: spoken?.dialect ?? null,
    basePath: spoken?.basePath ?? "",
    quirks: { ...spoken?.quirks, ...(spoken?.dialect === "openai-chat" ? ownQuirks(account) : {}) },
    alsoSpeaks: alsoSpoken(account, spoken).map(({ dialect, basePath = "" }) => ({ dialect, basePath })),
    price,
    contextWindow,
    maxOutputTokens,
    lacks: [...lacks],
  };
}

/** What the config says of a server, in the words of the dialect. */
function ownQuirks({ quirks, streamUsage }: ReadProvider): ArtifactTarget["quirks"] {
  const own: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(quirks ?? {})) if (value !== undefined) own[name] = value;
  if (streamUsage !== undefined) own["streamOptions"] = streamUsage;
  return own;
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
      ...lowerLifecycle(config, options),
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

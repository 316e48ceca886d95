import type { CataloguedConfig } from "../catalog/look-up-models.ts";
import type { ProviderType } from "../read/shapes/provider.ts";
import type { Report } from "../report.ts";
import { isMute, spokenNames } from "./target-dialect.ts";

/** Checks that who is asked to converse can: some providers have embeddings or the like alone. */
export function checkConversations(config: CataloguedConfig, report: Report): void {
  const mute = new Set<number>();
  for (const [id, { targets = [] }] of config.models) {
    const types = targets.map((target) => muteType(config, target));
    const isAllMute = targets.every((target) => whyMute(config, target) !== undefined);
    if (targets.length > 0 && isAllMute) mute.add(id);
    else warnOfMute(config, id, types, report);
  }
  for (const [id, { model }] of config.endpoints) {
    if (model === undefined || !mute.has(model)) continue;
    const reasons =
      config.models.get(model)?.targets?.flatMap((target) => whyMute(config, target) ?? []) ?? [];
    report.add("LK1607", "no target of the endpoint's model can hold conversations", {
      at: { declaration: id, path: ["model"] },
      notes: [...new Set(reasons)].map((message) => ({ message })),
    });
  }
}

/** Why a target cannot converse; `undefined` where it can, as far as is known. */
function whyMute(config: CataloguedConfig, target: number): string | undefined {
  const type = muteType(config, target);
  if (type !== undefined) return `providers of type ${type} have no chat models`;
  const card = config.facts.get(target)?.card;
  const read = config.targets.get(target);
  if (read === undefined || card === undefined || !isMute(read, card)) return undefined;
  return `${JSON.stringify(read.upstreamModel)} is a model of the kind ${card.kind}`;
}

/** The type of a target's provider, where it has no chat models. */
function muteType(config: CataloguedConfig, target: number): ProviderType | undefined {
  const provider = config.providers.get(config.targets.get(target)?.provider ?? -1);
  return provider !== undefined && spokenNames(provider).length === 0 ? provider.type : undefined;
}

function warnOfMute(
  config: CataloguedConfig,
  id: number,
  types: readonly (ProviderType | undefined)[],
  report: Report,
): void {
  const targets = config.models.get(id)?.targets ?? [];
  for (const [index, type] of types.entries()) {
    // A dialect that is asked for in vain was told already.
    if (type === undefined || config.targets.get(targets[index] ?? -1)?.dialect !== undefined) continue;
    report.add("LK1608", `a provider of type ${type} has no chat models, other targets of the model have`, {
      at: { declaration: id, path: ["targets", index] },
    });
  }
}

import type { ProviderType } from "../read/shapes/provider.ts";
import type { Report } from "../report.ts";
import type { ResolvedConfig } from "./resolve-references.ts";
import { spokenNames } from "./target-dialect.ts";

/** Checks that who is asked to converse can: some providers have embeddings or the like alone. */
export function checkConversations(config: ResolvedConfig, report: Report): void {
  const mute = new Set<number>();
  for (const [id, { targets = [] }] of config.models) {
    const types = targets.map((target) => muteType(config, target));
    if (types.length > 0 && types.every((type) => type !== undefined)) mute.add(id);
    else warnOfMute(config, id, types, report);
  }
  for (const [id, { model }] of config.endpoints) {
    if (model === undefined || !mute.has(model)) continue;
    const types =
      config.models.get(model)?.targets?.flatMap((target) => muteType(config, target) ?? []) ?? [];
    report.add("LK1607", "no target of the endpoint's model can hold conversations", {
      at: { declaration: id, path: ["model"] },
      notes: [{ message: `providers of type ${[...new Set(types)].join(", ")} have no chat models` }],
    });
  }
}

/** The type of a target's provider, where it has no chat models. */
function muteType(config: ResolvedConfig, target: number): ProviderType | undefined {
  const type = config.providers.get(config.targets.get(target)?.provider ?? -1)?.type;
  return type !== undefined && spokenNames(type).length === 0 ? type : undefined;
}

function warnOfMute(
  config: ResolvedConfig,
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

import type { DialectName, ProviderProfile, SpokenDialect } from "./provider-profile.ts";

const RESPONSES = "/responses";

/** Every dialect that targets at a provider may be spoken to in: the usual one first, each once. */
export function dialectsOf({ chat, apis }: ProviderProfile): readonly SpokenDialect[] {
  if (chat === null) return [];
  const path = apis?.responses?.path;
  const responses: readonly SpokenDialect[] =
    path === undefined
      ? []
      : [{ dialect: "openai-responses", basePath: path.slice(0, path.length - RESPONSES.length) }];
  const all = [chat, ...(chat.further ?? []), ...responses];
  return all.filter(({ dialect }, index) => all.findIndex((other) => other.dialect === dialect) === index);
}

/** Dialects in which a model is served besides the one in which the gateway speaks to it. */
export function besides(profile: ProviderProfile, spoken: SpokenDialect): readonly SpokenDialect[] {
  const { alsoSpeaks = [], dialect } = profile.chat ?? {};
  if (spoken.dialect !== dialect) return [];
  return dialectsOf(profile).filter((other) => alsoSpeaks.includes(other.dialect));
}

/**
 * The dialect in which a model is spoken to: the wanted one, or the one that the beginning of the model's id tells, or
 * the usual one. Undefined where the provider does not speak the wanted one, or has no chat models.
 */
export function dialectOf(
  profile: ProviderProfile,
  model: string,
  wanted: DialectName | undefined,
): SpokenDialect | undefined {
  if (wanted !== undefined) return dialectsOf(profile).find(({ dialect }) => dialect === wanted);
  const told = profile.chat?.further?.find(({ models }) => models?.some((start) => model.startsWith(start)));
  return told ?? profile.chat ?? undefined;
}

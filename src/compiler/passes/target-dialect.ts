import type { DialectName, SpokenDialect } from "../../catalog/provider-profile.ts";
import { besides, dialectOf, dialectsOf } from "../../catalog/spoken-dialect.ts";
import { type ProviderType, profileOf } from "../read/shapes/provider.ts";

/** What the built-in provider speaks. */
const builtIn: SpokenDialect = { dialect: "openai-chat" };

/** The dialect of a target; undefined where its provider does not speak the wanted one, or has no chat models. */
export function targetDialect(
  type: ProviderType,
  model: string,
  wanted: DialectName | undefined,
): SpokenDialect | undefined {
  const profile = profileOf(type);
  if (profile !== undefined) return dialectOf(profile, model, wanted);
  return wanted === undefined || wanted === builtIn.dialect ? builtIn : undefined;
}

/** Dialects in which a target's model is served besides. */
export function alsoSpoken(type: ProviderType, spoken: SpokenDialect | undefined): readonly SpokenDialect[] {
  const profile = profileOf(type);
  return profile === undefined || spoken === undefined ? [] : besides(profile, spoken);
}

/** Names of all dialects that a provider's targets may speak, the usual one first. */
export function spokenNames(type: ProviderType): readonly DialectName[] {
  const profile = profileOf(type);
  return (profile === undefined ? [builtIn] : dialectsOf(profile)).map(({ dialect }) => dialect);
}

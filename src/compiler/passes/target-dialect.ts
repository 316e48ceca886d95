import type { ModelCard, ModelKind } from "../../catalog/model-card.ts";
import type { DialectName, SpokenDialect } from "../../catalog/provider-profile.ts";
import { besides, dialectOf, dialectsOf } from "../../catalog/spoken-dialect.ts";
import { type DeclaredProvider, profileOfProvider } from "../read/shapes/provider.ts";

/** A provider, as far as its dialects go. */
type Speaker = Pick<DeclaredProvider, "type" | "baseUrl">;

/** What the built-in provider speaks. */
const builtIn: SpokenDialect = { dialect: "openai-chat" };

/** The dialect of a target; undefined where its provider does not speak the wanted one, or has no chat models. */
export function targetDialect(
  provider: Speaker,
  model: string,
  wanted: DialectName | undefined,
): SpokenDialect | undefined {
  const profile = profileOfProvider(provider);
  if (profile !== undefined) return dialectOf(profile, model, wanted);
  return wanted === undefined || wanted === builtIn.dialect ? builtIn : undefined;
}

/** Dialects in which a target's model is served besides. */
export function alsoSpoken(provider: Speaker, spoken: SpokenDialect | undefined): readonly SpokenDialect[] {
  const profile = profileOfProvider(provider);
  return profile === undefined || spoken === undefined ? [] : besides(profile, spoken);
}

/** Names of all dialects that a provider's targets may speak, the usual one first. */
export function spokenNames(provider: Speaker): readonly DialectName[] {
  const profile = profileOfProvider(provider);
  return (profile === undefined ? [builtIn] : dialectsOf(profile)).map(({ dialect }) => dialect);
}

/** Kinds of models with which nobody converses by requests. Those of pictures and of sound may well talk. */
const MUTE: ReadonlySet<ModelKind> = new Set<ModelKind>(["embedding", "rerank", "realtime"]);

/** Whether a target cannot hold conversations, as far as is known; a dialect in the config says that it can. */
export function isMute(
  { dialect }: { readonly dialect?: DialectName | undefined },
  card: Pick<ModelCard, "kind"> | undefined,
): boolean {
  return dialect === undefined && card !== undefined && MUTE.has(card.kind);
}

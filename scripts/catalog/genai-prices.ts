import { findProvider, type MatchLogic, type ModelInfo } from "@pydantic/genai-prices";

/** Models of a provider of `@pydantic/genai-prices`, in its order. */
export function genaiModels(provider: string): readonly ModelInfo[] {
  const found = findProvider({ providerId: provider });
  if (found?.id !== provider) throw new Error(`@pydantic/genai-prices has no provider ${provider}`);
  return found.models;
}

/** Ids that a model's rule names as they are; rules that match parts of ids name none but the model's own. */
export function namedIds({ id, match }: ModelInfo): readonly string[] {
  const named = equalsOf(match);
  return matches(match, id) ? [...new Set([id, ...named])] : named;
}

function equalsOf(rule: MatchLogic): readonly string[] {
  if ("equals" in rule) return [rule.equals];
  return "or" in rule ? rule.or.flatMap(equalsOf) : [];
}

/** The first model whose rule fits an id, as the package itself looks it up. */
export function matchModel(models: readonly ModelInfo[], id: string): ModelInfo | undefined {
  return models.find(({ match }) => matches(match, id));
}

function matches(rule: MatchLogic, id: string): boolean {
  const text = id.toLowerCase();
  if ("or" in rule) return rule.or.some((part) => matches(part, id));
  if ("and" in rule) return rule.and.every((part) => matches(part, id));
  if ("equals" in rule) return text === rule.equals.toLowerCase();
  if ("starts_with" in rule) return text.startsWith(rule.starts_with.toLowerCase());
  if ("ends_with" in rule) return text.endsWith(rule.ends_with.toLowerCase());
  if ("contains" in rule) return text.includes(rule.contains.toLowerCase());
  return new RegExp(rule.regex).test(text);
}

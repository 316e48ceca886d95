import type { Lack } from "../../src/catalog/model-card.ts";
import type { DialectName } from "../../src/catalog/provider-profile.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { TargetPrice } from "./price.ts";
import type { Provider } from "./provider.ts";

/** What may be said about one target. */
export interface TargetOptions {
  /**
   * Price of this model at this provider. Default: that of the catalog; where it has none, the cost of calls is
   * unknown, never 0.
   */
  readonly price?: TargetPrice;
  /**
   * Wire format in which the model is spoken to, where its provider has several: `openai-responses` for a model that
   * only OpenAI's Responses API serves. Default: what suits the model.
   */
  readonly dialect?: TargetDialect;
  /** The model behind a name of your own, such as that of a deployment: what the catalog says of it then holds. */
  readonly baseModel?: string;
  /** Tokens of prompt and answer together. Default: as the catalog says. */
  readonly contextWindow?: number;
  /** Tokens of an answer. Default: as the catalog says. */
  readonly maxOutputTokens?: number;
  /** What the model cannot do or does not take. Default: as the catalog says. */
  readonly lacks?: readonly Lack[];
}

/** Wire format of conversations. */
export type TargetDialect = DialectName;

/** One provider and one of its model ids. */
export interface Target extends Declaration<"target"> {
  readonly provider: Provider;
  readonly upstreamModel: string;
  readonly options: TargetOptions;
}

/** Makes a target; configs call the provider itself: `oai("gpt-6-luna")`. */
export function target(provider: Provider, upstreamModel: string, options: TargetOptions = {}): Target {
  return declare("target", { provider, upstreamModel, options });
}

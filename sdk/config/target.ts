import type { DialectName } from "../../src/catalog/provider-profile.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { TargetPrice } from "./price.ts";
import type { Provider } from "./provider.ts";

/** What may be said about one target. */
export interface TargetOptions {
  /** Price of this model at this provider. Without one, the cost of its calls is unknown, never 0. */
  readonly price?: TargetPrice;
  /**
   * Wire format in which the model is spoken to, where its provider has several: `openai-responses` for a model that
   * only OpenAI's Responses API serves. Default: what suits the model.
   */
  readonly dialect?: TargetDialect;
}

/** Wire format of conversations. */
export type TargetDialect = DialectName;

/** One provider and one of its model ids. */
export interface Target extends Declaration<"target"> {
  readonly provider: Provider;
  readonly upstreamModel: string;
  readonly options: TargetOptions;
}

/** Makes a target; configs call the provider itself: `oai("gpt-4o-mini")`. */
export function target(provider: Provider, upstreamModel: string, options: TargetOptions = {}): Target {
  return declare("target", { provider, upstreamModel, options });
}

import type { ModelIds } from "../../src/catalog/model-ids.ts";
import type { HttpProviderType } from "../../src/catalog/providers/index.ts";

/** Model ids that editors suggest for a type of provider. Any other text is a model id as well. */
export type ModelIdOf<Type extends HttpProviderType> = Type extends keyof ModelIds ? ModelIds[Type] : string;

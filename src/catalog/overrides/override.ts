import type { ModelRow } from "../model-card.ts";
import type { HttpProviderType } from "../providers/index.ts";

/** A fact of our own, which goes before what the data packages say. */
export interface CatalogOverride {
  readonly provider: HttpProviderType;
  /** Ids that it is about; those that the data packages do not have are added. */
  readonly ids?: readonly string[];
  /** Or all ids in the data that match. */
  readonly matching?: RegExp;
  /** Members that replace those of the row; `can` and `lacks` are added to what it has. */
  readonly set: ModelRow;
  /** The page that says so. */
  readonly source: string;
  /** Day on which it was looked up, `YYYY-MM-DD`. */
  readonly asOf: string;
}

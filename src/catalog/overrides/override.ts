import type { Lack, ModelRow } from "../model-card.ts";
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
  /** What the data packages deny and others claim: nothing is said of it then. */
  readonly unknown?: readonly Lack[];
  /** The page on which it was read: the vendor's own, or another's list where that is where it was found. */
  readonly source: string;
  /** Day on which it was looked up, `YYYY-MM-DD`. */
  readonly asOf: string;
}

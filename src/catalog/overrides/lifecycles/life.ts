import type { Lifecycle } from "../../model-card.ts";
import type { HttpProviderType } from "../../providers/index.ts";
import type { CatalogOverride } from "../override.ts";

/** What is said of the lives of models: their ids with spaces between them, and when they go. */
export type LifeRow = (ids: string, set: Lifecycle) => readonly CatalogOverride[];

/** How the ids of a provider are matched with those of the data. */
export interface LifeIds {
  /** Places of service that may stand before an id, as a pattern. */
  readonly places?: string;
  /** Day on which the page was read; today's reading where absent. */
  readonly asOf?: string;
}

/**
 * Facts of one page about the lives of a provider's models. Each id also stands for its snapshots in the data
 * (`-2025-04-14`), so snapshots with a day of their own come after it. One override an id: a mistyped one is an error.
 */
export function life(
  provider: HttpProviderType,
  source: string,
  { places = "", asOf = "2026-11-24" }: LifeIds = {},
): LifeRow {
  return (ids, set) =>
    ids.split(" ").map((id) => ({
      provider,
      matching: new RegExp(`^${places}${id.replaceAll(".", "\\.")}(-20\\d\\d-\\d\\d-\\d\\d)?$`),
      set,
      source,
      asOf,
    }));
}

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ModelCard, ModelRow } from "./model-card.ts";

/** What is known of the models of one provider type. */
export interface ProviderModels {
  /** Whether it serves many more than these, or its owner names them: an id that is not here is then no mistake. */
  readonly isPartial: boolean;
  /** In the order of the ids. */
  readonly cards: ReadonlyMap<string, ModelCard>;
}

interface DataFile {
  readonly isPartial?: true;
  readonly models: Readonly<Record<string, ModelRow>>;
}

const NONE: ProviderModels = { isPartial: true, cards: new Map() };

/**
 * Reads the models of a provider type from its data file: a file read and parsed, so for those that compile and for
 * the command line, never for the path of a request. A type without a file, such as a self-hosted server, has none.
 */
export function loadModels(type: string): ProviderModels {
  const path = fileURLToPath(new URL(`./data/${type}.json`, import.meta.url));
  if (!/^[a-z-]+$/.test(type) || !existsSync(path)) return NONE;
  const { isPartial = false, models } = JSON.parse(readFileSync(path, "utf8")) as DataFile;
  const cards = Object.entries(models).map(([id, row]): [string, ModelCard] => [
    id,
    { kind: "chat", ...row, id },
  ]);
  return { isPartial, cards: new Map(cards) };
}

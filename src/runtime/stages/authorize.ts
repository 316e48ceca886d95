import { hasId } from "../../artifact/grant.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { EndpointEntry } from "../endpoint-table.ts";
import type { KeyEntry } from "../key-table.ts";
import type { Tables } from "../tables.ts";
import type { ModelEntry } from "../target-table.ts";

/**
 * The model of that name, if the key may use it. What does not exist and what is not granted look the same,
 * so that names cannot be guessed.
 * @throws LatchkeyError LK-2004.
 */
export function authorizeModel(tables: Tables, key: KeyEntry, name: string): ModelEntry {
  const model = tables.modelsByName.get(name);
  if (model !== undefined && hasId(key.grant.models, model.id)) return model;
  throw new LatchkeyError(
    "LK-2004",
    `The model ${JSON.stringify(name.slice(0, 200))} does not exist or this key may not use it.`,
    {
      param: "model",
      internal: model === undefined ? "unknown model" : `model ${model.name} is not granted`,
    },
  );
}

/**
 * The endpoint version at a path, if the key may use it.
 * @throws LatchkeyError LK-2005.
 */
export function authorizeEndpoint(tables: Tables, key: KeyEntry, path: string): EndpointEntry {
  const endpoint = tables.routes.get(path);
  if (endpoint === undefined || !hasId(key.grant.endpoints, endpoint.id)) {
    throw new LatchkeyError("LK-2005", undefined, {
      internal: endpoint === undefined ? "unknown endpoint" : `endpoint ${endpoint.label} is not granted`,
    });
  }
  return endpoint;
}

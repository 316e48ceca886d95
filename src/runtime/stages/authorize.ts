import type { OfferKind } from "../../artifact/offer-kind.ts";
import type { ErrorCode } from "../../kernel/codes.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { pendingFor } from "../app-entry.ts";
import type { BackendEntry } from "../backends/backend-table.ts";
import type { EndpointEntry } from "../endpoint-table.ts";
import type { KeyEntry } from "../key-table.ts";
import type { Tables } from "../tables.ts";
import type { ModelEntry } from "../target-table.ts";

/**
 * The model of that name, if the key may use it. What does not exist and what is not granted look the same,
 * so that names cannot be guessed.
 * @throws LatchkeyError LK-2004, LK-2013.
 */
export function authorizeModel(tables: Tables, key: KeyEntry, name: string): ModelEntry {
  const model = tables.modelsByName.get(name);
  if (model !== undefined && key.reaches("models", model.id)) return model;
  const found = model && { id: model.id, label: `model ${model.name}` };
  const message = `The model ${JSON.stringify(name.slice(0, 200))} does not exist or this key may not use it.`;
  throw refusal({ tables, key, kind: "models", found, code: "LK-2004", message, param: "model" });
}

/**
 * The endpoint version at a path, if the key may use it.
 * @throws LatchkeyError LK-2005, LK-2013.
 */
export function authorizeEndpoint(tables: Tables, key: KeyEntry, path: string): EndpointEntry {
  const endpoint = tables.routes.get(path);
  if (endpoint !== undefined && key.reaches("endpoints", endpoint.id)) return endpoint;
  const found = endpoint && { id: endpoint.id, label: `endpoint ${endpoint.label}` };
  throw refusal({ tables, key, kind: "endpoints", found, code: "LK-2005" });
}

/**
 * A backend, if the key may use it. @param backend undefined: there is none at the path
 * @throws LatchkeyError LK-2006, LK-2013.
 */
export function authorizeBackend(
  tables: Tables,
  key: KeyEntry,
  backend: BackendEntry | undefined,
): BackendEntry {
  if (backend !== undefined && key.reaches("backends", backend.id)) return backend;
  const found = backend && { id: backend.id, label: `backend ${backend.label}` };
  throw refusal({ tables, key, kind: "backends", found, code: "LK-2006" });
}

interface Refused {
  readonly tables: Tables;
  readonly key: KeyEntry;
  readonly kind: OfferKind;
  /** Undefined: there is no such thing. */
  readonly found: { readonly id: number; readonly label: string } | undefined;
  readonly code: ErrorCode;
  readonly message?: string;
  readonly param?: string;
}

/** Applications hear of their own subscriptions, and of nothing else that they may not use. */
function refusal({ tables, key, kind, found, code, message, param }: Refused): LatchkeyError {
  if (found === undefined) {
    return new LatchkeyError(code, message, {
      internal: `unknown ${kind.slice(0, -1)}`,
      ...(param && { param }),
    });
  }
  const pending = pendingFor(key.app, kind, found.id);
  if (pending === undefined) {
    return new LatchkeyError(code, message, {
      internal: `${found.label} is not granted`,
      ...(param && { param }),
    });
  }
  const { publicUrl } = tables.artifact.settings;
  const link = `${publicUrl ?? ""}/portal/subscriptions/${encodeURIComponent(pending.subscription)}`;
  const service = tables.artifact.services[pending.use.service]?.name ?? "";
  return new LatchkeyError(
    "LK-2013",
    `The subscription to ${service} ${states[pending.state]}: see ${link}.`,
    {
      link: `<${link}>; rel="subscription"`,
      internal: `${found.label} waits for subscription ${pending.subscription}`,
      ...(param && { param }),
    },
  );
}

const states = {
  requested: "waits for approval",
  rejected: "was rejected",
  revoked: "was revoked",
  expired: "has expired",
} as const;

import type { CallOptions } from "./client-options.ts";
import { LatchkeyClientError } from "./error.ts";
import { isRecord } from "./json.ts";
import { callForJson } from "./json-call.ts";
import type { Transport } from "./transport.ts";

/**
 * A model that the key may use.
 * Wire format: https://platform.openai.com/docs/api-reference/models/object
 */
export interface ModelInfo {
  /** The name to send as `model`. */
  readonly id: string;
  readonly object: "model";
  /** Seconds since the Unix epoch. */
  readonly created: number;
  readonly owned_by: string;
}

/** Lists the models that the client's key may use. */
export type ModelsMethod = (options?: CallOptions) => Promise<readonly ModelInfo[]>;

/** The models method of a client. */
export function createModelsMethod(transport: Transport): ModelsMethod {
  return async (options = {}) => {
    const request = { method: "GET", path: "/v1/models", accept: "application/json" } as const;
    const { value, info } = await callForJson(transport, request, options);
    if (isModelList(value)) return value.data;
    const { requestId } = info;
    throw new LatchkeyClientError("protocol", "The answer is no list of models.", { requestId });
  };
}

function isModelList(value: unknown): value is { readonly data: readonly ModelInfo[] } {
  return isRecord(value) && Array.isArray(value["data"]);
}

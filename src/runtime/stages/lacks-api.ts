import { LatchkeyError } from "../../kernel/error.ts";

/**
 * The error for a model none of whose providers has the API that was called.
 * @param what what the API is for, in the plural: `embeddings`
 */
export function lacksApi(model: string, what: string): LatchkeyError {
  const message = `The model "${model}" cannot be used for ${what}: no provider of its targets has such an API for it.`;
  return new LatchkeyError("LK-2113", message, { param: "model" });
}

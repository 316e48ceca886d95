import type { Envelope } from "../passthrough.ts";

/** The request's bytes for a target: as they came, since the model stands in the path and usage is always told. */
export function rewriteRequest({ body }: Envelope): Uint8Array {
  return body;
}

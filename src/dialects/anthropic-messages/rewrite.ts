import type { Rewrite } from "../passthrough.ts";
import { replaceSpan } from "../replace-span.ts";
import type { MessagesEnvelope } from "./envelope.ts";

/** The request's bytes for one target: another model id, all else as it came. Usage is always told unasked. */
export function rewriteRequest({ body, modelSpan }: MessagesEnvelope, { modelJson }: Rewrite): Uint8Array {
  return replaceSpan(body, modelSpan, modelJson);
}

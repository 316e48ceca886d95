import type { JsonObject } from "../../kernel/json.ts";
import type { IngressRequest, ParsedRequest } from "../dialect.ts";
import { type At, objectMember } from "./members.ts";
import { parseRequestAt } from "./parse-request.ts";

/** What a prompt takes. */
export interface TokenCount {
  readonly total: number;
  /** Part of it that is not text. */
  readonly image?: number;
  readonly audio?: number;
  /** Part of it that is cached. */
  readonly cached?: number;
}

/**
 * A request for `countTokens`: `contents`, on Vertex AI with what else a prompt has, or a whole
 * `generateContentRequest`.
 * Wire format: https://ai.google.dev/api/tokens#method:-models.counttokens
 * @throws LatchkeyError LK-2102
 */
export function parseCountTokens({ body, model }: IngressRequest): ParsedRequest {
  const root: At<JsonObject> = { value: body, path: "" };
  const target = model === undefined ? {} : { model };
  return parseRequestAt(objectMember(root, "generateContentRequest") ?? root, target);
}

/** Its answer. Wire format: https://ai.google.dev/api/tokens#response-body */
export function renderTokenCount({ total, image = 0, audio = 0, cached = 0 }: TokenCount): JsonObject {
  const text = Math.max(0, total - image - audio);
  const details = [
    { modality: "TEXT", tokenCount: text },
    { modality: "IMAGE", tokenCount: image },
    { modality: "AUDIO", tokenCount: audio },
  ].filter(({ tokenCount }) => tokenCount > 0);
  return {
    totalTokens: total,
    ...(details.length > 0 && { promptTokensDetails: details }),
    ...(cached > 0 && { cachedContentTokenCount: cached }),
  };
}

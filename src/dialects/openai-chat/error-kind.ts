import type { VendorErrorKind } from "../../canonical/vendor-error.ts";
import { kindOfStatus } from "../status-kind.ts";

/** 498: no room at a lower tier, https://console.groq.com/docs/flex-processing */
const OWN_STATUS: Readonly<Record<number, VendorErrorKind>> = { 424: "server", 498: "overloaded" };

/** Words of `code` and `type`; the first that occurs decides. */
const BY_NAME: readonly (readonly [RegExp, VendorErrorKind])[] = [
  [/context_length|string_above_max_length|too_many_prompt_tokens|exceed_context/i, "context-length"],
  [/content_?(filter|policy)|responsibleai|moderation|data_inspection|sensitive/i, "content-policy"],
  [/insufficient_(quota|balance)|billing|credit|(spend|usage)_limit|current_quota|arrearage/i, "quota"],
  [/rate_?limit|too_many_requests|tokens_exceeded/i, "rate-limit"],
  [/invalid_(api_)?key|invalid_authentication|unauthorized|authentication_error/i, "authentication"],
  [/model_not_found|deploymentnotfound|model_not_exist|invalid_model|not_found_error/i, "not-found"],
  [/(request|payload|content|entity)_too_large/i, "too-large"],
  [/overloaded|capacity_exceeded|slow_down|unavailable/i, "overloaded"],
  [/permission|forbidden/i, "permission"],
];

/** For vendors without codes, and for those that call a wrong key, name or balance an invalid request. */
const BY_WORDS: readonly (readonly [RegExp, VendorErrorKind])[] = [
  [
    /context (length|window|size)|maximum context|max(imum)? (prompt|input) length|prompt (is )?too long|messages is too long|too many (input |prompt )?tokens/i,
    "context-length",
  ],
  [
    /content (management|policy|filter)|safety (system|policy)|inappropriate content|content violates/i,
    "content-policy",
  ],
  [
    /(incorrect|invalid) (api|access|authentication) ?(key|token)|api key (is )?(not valid|invalid)/i,
    "authentication",
  ],
  [
    /model not exist|not a valid model|invalid model:|model\W{1,3}[\w.:/@-]{1,80}\W{1,3}(does not exist|not found)/i,
    "not-found",
  ],
];

/**
 * The kind of a vendor's error.
 * @param name its `code` and `type`
 * @param message its words, which decide between what vendors call an invalid request
 */
export function errorKind(status: number, name: string | undefined, message: string): VendorErrorKind {
  const named = name === undefined ? undefined : match(BY_NAME, name);
  if (named !== undefined && named !== "permission") return named;
  const plain = named ?? kindOfStatus(status, OWN_STATUS);
  // What a filter holds against a request is forbidden at some.
  if (plain === "permission" && match(BY_WORDS, message) === "content-policy") return "content-policy";
  if (plain !== "invalid-request" && status !== 500 && status !== 413) return plain;
  return match(BY_WORDS, message) ?? plain;
}

function match(
  table: readonly (readonly [RegExp, VendorErrorKind])[],
  text: string,
): VendorErrorKind | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

import type { ChatDialectName } from "../../../src/canonical/content.ts";
import type { VendorErrorKind } from "../../../src/canonical/vendor-error.ts";

/** A vendor's answer to a request that has failed, and what it means. */
export interface VendorFailure {
  readonly kind: VendorErrorKind;
  readonly status: number;
  readonly body: object;
  /** Words of it that have to reach the caller, where they may. */
  readonly words: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds that the caller is told to wait. */
  readonly waitS?: number;
}

type Row = readonly [kind: VendorErrorKind, status: number, words: string, more?: Partial<VendorFailure>];

/** https://platform.openai.com/docs/guides/error-codes and, for the filter, Azure's content filtering */
const openai = (code: string | null, type: string | null, param: string | null = null) => ({
  code,
  type,
  param,
});
const openaiRows: readonly (readonly [...Row, names: ReturnType<typeof openai>])[] = [
  [
    "invalid-request",
    400,
    "Unsupported value: 'temperature' does not support 0.2.",
    {},
    openai("unsupported_value", "invalid_request_error", "temperature"),
  ],
  [
    "context-length",
    400,
    "This model's maximum context length is 128000 tokens.",
    {},
    openai("context_length_exceeded", "invalid_request_error", "messages"),
  ],
  [
    "content-policy",
    400,
    "The response was filtered due to the prompt triggering the content management policy.",
    {},
    openai("content_filter", null, "prompt"),
  ],
  [
    "authentication",
    401,
    "Incorrect API key provided: sk-up***ret.",
    {},
    openai("invalid_api_key", "invalid_request_error"),
  ],
  [
    "not-found",
    404,
    "The model `gpt-9` does not exist or you do not have access to it.",
    {},
    openai("model_not_found", "invalid_request_error"),
  ],
  ["too-large", 413, "Maximum content size limit (26214400) exceeded.", {}, openai(null, "server_error")],
  [
    "rate-limit",
    429,
    "Rate limit reached for gpt-5 on tokens per min (TPM).",
    { headers: { "retry-after-ms": "6200" }, waitS: 7 },
    openai("rate_limit_exceeded", "tokens"),
  ],
  [
    "quota",
    429,
    "You exceeded your current quota, please check your plan and billing details.",
    {},
    openai("insufficient_quota", "insufficient_quota"),
  ],
  [
    "quota",
    429,
    "The project has reached its spend limit.",
    {},
    openai("project_spend_limit_exceeded", "insufficient_quota"),
  ],
  ["overloaded", 503, "The engine is currently overloaded.", {}, openai(null, "server_error")],
  ["server", 500, "The server had an error while processing your request.", {}, openai(null, "server_error")],
];
const ofOpenai = openaiRows.map(
  ([kind, status, message, more, names]): VendorFailure => ({
    kind,
    status,
    words: message,
    body: { error: { message, ...names } },
    ...more,
  }),
);

/** https://docs.anthropic.com/en/api/errors */
const anthropicRows: readonly (readonly [...Row, type: string])[] = [
  ["invalid-request", 400, "messages: first message must use the user role.", {}, "invalid_request_error"],
  ["context-length", 400, "prompt is too long: 210000 tokens > 200000 maximum", {}, "invalid_request_error"],
  ["content-policy", 400, "Output blocked by content filtering policy", {}, "invalid_request_error"],
  ["authentication", 401, "invalid x-api-key", {}, "authentication_error"],
  ["quota", 402, "There is an issue with the billing of this account.", {}, "billing_error"],
  ["quota", 400, "Your credit balance is too low to access the API.", {}, "invalid_request_error"],
  ["permission", 403, "The key may not use this resource.", {}, "permission_error"],
  ["not-found", 404, "model: claude-9", {}, "not_found_error"],
  ["too-large", 413, "Request exceeds the maximum size", {}, "request_too_large"],
  [
    "rate-limit",
    429,
    "This request would exceed the rate limit of 50,000 input tokens per minute.",
    { headers: { "retry-after": "12" }, waitS: 12 },
    "rate_limit_error",
  ],
  ["server", 500, "Internal server error", {}, "api_error"],
  ["timeout", 504, "The request timed out.", {}, "timeout_error"],
  ["overloaded", 529, "Overloaded", {}, "overloaded_error"],
];
const ofAnthropic = anthropicRows.map(
  ([kind, status, message, more, type]): VendorFailure => ({
    kind,
    status,
    words: message,
    body: { type: "error", error: { type, message }, request_id: "req_011CS" },
    ...more,
  }),
);

/** https://ai.google.dev/gemini-api/docs/api-errors; details: https://cloud.google.com/apis/design/errors#error_details */
const rpc = (type: string, members: object) => ({
  "@type": `type.googleapis.com/google.rpc.${type}`,
  ...members,
});
const quotaId = (id: string) => rpc("QuotaFailure", { violations: [{ quotaId: id }] });
const geminiRows: readonly (readonly [...Row, name: string, details?: readonly object[]])[] = [
  ["invalid-request", 400, "Invalid value at 'generation_config.top_k'", {}, "INVALID_ARGUMENT"],
  ["invalid-request", 400, "The File abc is not in an ACTIVE state.", {}, "FAILED_PRECONDITION"],
  [
    "context-length",
    400,
    "The input token count (1048600) exceeds the maximum number of tokens allowed (1048576).",
    {},
    "INVALID_ARGUMENT",
  ],
  [
    "content-policy",
    400,
    "The prompt could not be submitted. It contains sensitive words that violate Google's Responsible AI practices.",
    {},
    "INVALID_ARGUMENT",
  ],
  [
    "authentication",
    400,
    "API key not valid. Please pass a valid API key.",
    {},
    "INVALID_ARGUMENT",
    [rpc("ErrorInfo", { reason: "API_KEY_INVALID", domain: "googleapis.com" })],
  ],
  ["permission", 400, "User location is not supported for the API use.", {}, "FAILED_PRECONDITION"],
  ["not-found", 404, "models/gemini-9 is not found for API version v1beta.", {}, "NOT_FOUND"],
  ["too-large", 400, "Request payload size exceeds the limit: 20971520 bytes.", {}, "INVALID_ARGUMENT"],
  [
    "rate-limit",
    429,
    "You exceeded your current quota, please check your plan.",
    { waitS: 14 },
    "RESOURCE_EXHAUSTED",
    [quotaId("GenerateRequestsPerMinutePerProjectPerModel"), rpc("RetryInfo", { retryDelay: "13.2s" })],
  ],
  [
    "quota",
    429,
    "You exceeded your current quota, please check your plan.",
    {},
    "RESOURCE_EXHAUSTED",
    [quotaId("GenerateRequestsPerDayPerProjectPerModel-FreeTier")],
  ],
  ["server", 500, "An internal error has occurred.", {}, "INTERNAL"],
  ["overloaded", 503, "The model is overloaded. Please try again later.", {}, "UNAVAILABLE"],
  ["timeout", 504, "Deadline expired before operation could complete.", {}, "DEADLINE_EXCEEDED"],
];
const ofGemini = geminiRows.map(
  ([kind, status, message, more, name, details]): VendorFailure => ({
    kind,
    status,
    words: message,
    body: { error: { code: status, message, status: name, ...(details !== undefined && { details }) } },
    ...more,
  }),
);

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
const bedrockRows: readonly (readonly [...Row, name: string])[] = [
  ["invalid-request", 400, "The format of the additional field tools is wrong.", {}, "ValidationException"],
  ["context-length", 400, "Input is too long for requested model.", {}, "ValidationException"],
  ["content-policy", 400, "This request has been blocked by our content filters.", {}, "ValidationException"],
  ["not-found", 400, "The provided model identifier is invalid.", {}, "ValidationException"],
  [
    "quota",
    400,
    "Your request exceeds the service quota for your account.",
    {},
    "ServiceQuotaExceededException",
  ],
  ["permission", 403, "You don't have access to the model.", {}, "AccessDeniedException"],
  ["authentication", 403, "The security token is invalid.", {}, "UnrecognizedClientException"],
  ["not-found", 404, "Could not find the provisioned model.", {}, "ResourceNotFoundException"],
  ["timeout", 408, "The model took too long.", {}, "ModelTimeoutException"],
  ["too-large", 413, "The request body is too large.", {}, "RequestEntityTooLargeException"],
  ["server", 424, "The model has failed.", {}, "ModelErrorException"],
  ["rate-limit", 429, "Too many tokens, please wait.", {}, "ThrottlingException"],
  ["overloaded", 429, "The model is not ready for inference.", {}, "ModelNotReadyException"],
  ["server", 500, "Something went wrong.", {}, "InternalServerException"],
  ["overloaded", 503, "The service is busy.", {}, "ServiceUnavailableException"],
];
const ofBedrock = bedrockRows.map(
  ([kind, status, message, , name]): VendorFailure => ({
    kind,
    status,
    words: message,
    body: { message },
    headers: { "x-amzn-errortype": `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/` },
  }),
);

/** https://docs.cohere.com/reference/errors */
const cohereRows: readonly Row[] = [
  ["invalid-request", 400, "invalid request: message must be at least 1 token long."],
  ["context-length", 400, "too many tokens: size limit exceeded by 12 tokens."],
  ["authentication", 401, "invalid api token"],
  ["not-found", 404, "model 'command-x' not found"],
  ["rate-limit", 429, "You are past the per minute request limit."],
  ["quota", 429, "You are using a Trial key, which is limited to 1000 API calls / month."],
  ["content-policy", 498, "The request holds a token that is not allowed."],
  ["server", 500, "internal server error"],
  ["overloaded", 503, "the service is unavailable"],
];

/** https://docs.ollama.com/api/errors */
const ollamaRows: readonly Row[] = [
  ["invalid-request", 400, "invalid character in the request"],
  ["context-length", 400, "the input exceeds the context length of the model"],
  ["not-found", 404, "model 'llama9' not found"],
  ["rate-limit", 429, "too many requests"],
  ["server", 502, "the cloud model could not be reached"],
  ["overloaded", 503, "server busy, please try again.  maximum pending requests exceeded"],
];

const told =
  (bodyOf: (message: string) => object) =>
  ([kind, status, words]: Row): VendorFailure => ({ kind, status, words, body: bodyOf(words) });

/** Failures of vendors of every dialect, in their words. */
export const vendorFailures: Readonly<Record<ChatDialectName, readonly VendorFailure[]>> = {
  "openai-chat": ofOpenai,
  "openai-responses": ofOpenai,
  "anthropic-messages": ofAnthropic,
  gemini: ofGemini,
  "bedrock-converse": ofBedrock,
  "cohere-chat": cohereRows.map(told((message) => ({ id: "5f0c", message }))),
  "ollama-chat": ollamaRows.map(told((error) => ({ error }))),
};

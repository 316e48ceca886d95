import type { ChatDialectName } from "../../../src/canonical/content.ts";
import type { VendorErrorKind } from "../../../src/canonical/vendor-error.ts";
import { encodeEventStreamMessage } from "../../../src/dialects/bedrock-converse/event-stream.ts";
import { event } from "../../matrix/upstreams/vendor.ts";

/** An error in the middle of a vendor's stream, and what it means. */
export interface StreamFailure {
  readonly kind: VendorErrorKind;
  readonly words: string;
  readonly bytes: string | Uint8Array;
}

type Make = (kind: VendorErrorKind, words: string, name: string) => StreamFailure;

/** https://platform.openai.com/docs/guides/error-codes: an event that holds `error` alone */
const chat: Make = (kind, words, code) => ({
  kind,
  words,
  bytes: event({ error: { message: words, type: "server_error", param: null, code } }),
});

/** https://platform.openai.com/docs/api-reference/responses-streaming/error */
const responses: Make = (kind, words, code) => ({
  kind,
  words,
  bytes: event({ type: "error", code, message: words, param: null, sequence_number: 9 }, "error"),
});

/** https://platform.openai.com/docs/api-reference/responses-streaming/response/failed */
const failed: Make = (kind, words, code) => ({
  kind,
  words,
  bytes: event(
    { type: "response.failed", response: { status: "failed", error: { code, message: words } } },
    "response.failed",
  ),
});

/** https://docs.anthropic.com/en/docs/build-with-claude/streaming#error-events */
const anthropic: Make = (kind, words, type) => ({
  kind,
  words,
  bytes: event({ type: "error", error: { type, message: words } }, "error"),
});

/** https://cloud.google.com/apis/design/errors#error_model */
const google =
  (code: number): Make =>
  (kind, words, status) => ({ kind, words, bytes: event({ error: { code, message: words, status } }) });

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html */
const bedrock: Make = (kind, words, name) => ({
  kind,
  words,
  bytes: encodeEventStreamMessage(
    { ":exception-type": name, ":content-type": "application/json", ":message-type": "exception" },
    Buffer.from(JSON.stringify({ message: words })),
  ),
});

/** Errors after the first words of an answer, by the dialect of the vendor. */
export const brokenStreams: Readonly<Record<ChatDialectName, readonly StreamFailure[]>> = {
  "openai-chat": [
    chat("rate-limit", "Rate limit reached for gpt-5.", "rate_limit_exceeded"),
    chat("quota", "You exceeded your current quota.", "insufficient_quota"),
    chat("overloaded", "The engine is overloaded.", "server_is_overloaded"),
    chat("content-policy", "The answer was filtered.", "content_filter"),
    chat("server", "The server had an error.", "server_error"),
  ],
  "openai-responses": [
    responses("server", "Something went wrong.", "server_error"),
    responses("rate-limit", "Slow your requests down.", "rate_limit_exceeded"),
    failed("overloaded", "Our servers are overloaded.", "server_is_overloaded"),
    failed("context-length", "Your input exceeds the context window.", "context_length_exceeded"),
  ],
  "anthropic-messages": [
    anthropic("overloaded", "Overloaded", "overloaded_error"),
    anthropic("rate-limit", "This would exceed your limit.", "rate_limit_error"),
    anthropic("quota", "The account has no credit.", "billing_error"),
    anthropic("timeout", "The request timed out.", "timeout_error"),
    anthropic("server", "Internal server error", "api_error"),
  ],
  gemini: [
    google(503)("overloaded", "The model is overloaded.", "UNAVAILABLE"),
    google(429)("rate-limit", "Resource has been exhausted.", "RESOURCE_EXHAUSTED"),
    google(504)("timeout", "Deadline expired.", "DEADLINE_EXCEEDED"),
    google(500)("server", "An internal error has occurred.", "INTERNAL"),
  ],
  "bedrock-converse": [
    bedrock("rate-limit", "Too many tokens, please wait.", "throttlingException"),
    bedrock("overloaded", "The service is busy.", "serviceUnavailableException"),
    bedrock("context-length", "Input is too long for requested model.", "validationException"),
    bedrock("server", "The stream has failed.", "modelStreamErrorException"),
    bedrock("server", "Something went wrong.", "internalServerException"),
  ],
  "cohere-chat": [
    {
      kind: "server",
      words: "upstream connect error",
      bytes: event(
        { type: "message-end", delta: { finish_reason: "ERROR", error: "upstream connect error" } },
        "message-end",
      ),
    },
  ],
  "ollama-chat": [
    { kind: "server", words: "an error was encountered while running the model", bytes: "" },
    { kind: "context-length", words: "the input exceeds the context length", bytes: "" },
  ].map(({ words, kind }) => ({
    kind: kind as VendorErrorKind,
    words,
    bytes: `${JSON.stringify({ error: words })}\n`,
  })),
};

import type { CallerDialect } from "../dialect.ts";
import { hasErrorMessage } from "../error-words.ts";
import type { Passthrough } from "../passthrough.ts";
import { readAnswer, readTail } from "./answer-tap.ts";
import { type GeminiEnvelope, readEnvelope } from "./envelope.ts";
import { parseError, renderError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { fieldName } from "./field-name.ts";
import { foreignTexts } from "./foreign-texts.ts";
import { parseRequest } from "./parse-request.ts";
import { renderRequest } from "./render-request.ts";
import { renderResponse } from "./render-response.ts";
import { parseResponse } from "./response.ts";
import { rewriteRequest } from "./rewrite.ts";
import { GeminiStreamDecoder } from "./stream-decoder.ts";
import { GeminiStreamEncoder } from "./stream-encoder.ts";
import { createTap } from "./stream-tap.ts";
import { paths } from "./target-path.ts";

const passthrough: Passthrough<GeminiEnvelope> = {
  readEnvelope,
  rewrite: rewriteRequest,
  readAnswer,
  readTail: (tail) => readTail(tail),
  createTap,
  foreignTexts,
};

/**
 * Gemini, as Google AI Studio and Vertex AI speak it. Wire format: https://ai.google.dev/api/generate-content,
 * https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
 */
export const gemini: CallerDialect = {
  name: "gemini",
  egress: {
    paths,
    renderRequest,
    parseResponse: (body, { upstreamModel }) => parseResponse(body, upstreamModel),
    decodeStream: ({ upstreamModel }, emit) => new GeminiStreamDecoder(upstreamModel, emit),
    parseError,
    // Streams without `alt=sse` have it in a list.
    isOwnError: (value) => hasErrorMessage(Array.isArray(value) ? value[0] : value),
    exactMembers,
  },
  ingress: {
    parseRequest,
    renderResponse,
    encodeStream: (context) => new GeminiStreamEncoder(context),
    renderError,
    fieldName,
    exactMembers,
  },
  passthrough,
};

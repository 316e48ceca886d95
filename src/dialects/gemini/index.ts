import type { ChatDialect, ChatIngress } from "../dialect.ts";
import { parseError, renderError } from "./error.ts";
import { fieldName } from "./field-name.ts";
import { parseRequest } from "./parse-request.ts";
import { renderRequest } from "./render-request.ts";
import { renderResponse } from "./render-response.ts";
import { parseResponse } from "./response.ts";
import { GeminiStreamDecoder } from "./stream-decoder.ts";
import { GeminiStreamEncoder } from "./stream-encoder.ts";
import { paths } from "./target-path.ts";

/**
 * Gemini, as Google AI Studio and Vertex AI speak it. Wire format: https://ai.google.dev/api/generate-content,
 * https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
 */
export const gemini: ChatDialect & { readonly ingress: ChatIngress } = {
  name: "gemini",
  egress: {
    paths,
    renderRequest,
    parseResponse: (body, { upstreamModel }) => parseResponse(body, upstreamModel),
    decodeStream: ({ upstreamModel }, emit) => new GeminiStreamDecoder(upstreamModel, emit),
    parseError,
  },
  ingress: {
    parseRequest,
    renderResponse,
    encodeStream: (context) => new GeminiStreamEncoder(context),
    renderError,
    fieldName,
  },
};

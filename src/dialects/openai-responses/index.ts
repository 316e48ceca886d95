import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { CallerDialect, ChatIngress, RequestPath } from "../dialect.ts";
import { renderError } from "../openai-chat/error.ts";
import type { Passthrough } from "../passthrough.ts";
import { readAnswer, readTail } from "./answer-tap.ts";
import { type ResponsesEnvelope, readEnvelope } from "./envelope.ts";
import { parseError } from "./error.ts";
import { fieldName } from "./field-name.ts";
import { parseRequest } from "./parse-request.ts";
import { paths, renderRequest } from "./render-request.ts";
import { renderResponse } from "./render-response.ts";
import { parseResponse } from "./response.ts";
import type { ResponsesContext } from "./response-members.ts";
import { rewrite } from "./rewrite.ts";
import { ResponsesStreamDecoder } from "./stream-decoder.ts";
import { ResponsesStreamEncoder } from "./stream-encoder.ts";
import { ResponsesStreamTap } from "./stream-tap.ts";

/** Speaks to callers whose conversations are kept. */
interface ResponsesIngress extends ChatIngress {
  readonly renderResponse: (response: ChatResponse, context: ResponsesContext) => JsonObject;
  readonly encodeStream: (context: ResponsesContext) => ResponsesStreamEncoder;
}

/** Tells of requests what keeping them needs. */
interface ResponsesPassthrough extends Passthrough {
  readonly readEnvelope: (body: Uint8Array, path: RequestPath) => ResponsesEnvelope;
}

interface ResponsesDialect extends CallerDialect {
  readonly ingress: ResponsesIngress;
  readonly passthrough: ResponsesPassthrough;
}

/** OpenAI's Responses API. Wire format: https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: ResponsesDialect = {
  name: "openai-responses",
  egress: {
    paths,
    renderRequest,
    parseResponse,
    decodeStream: (traits, emit) => new ResponsesStreamDecoder(traits, emit),
    parseError,
  },
  ingress: {
    parseRequest,
    renderResponse,
    encodeStream: (context) => new ResponsesStreamEncoder(context),
    // All of OpenAI's APIs have one shape for errors.
    renderError,
    fieldName,
  },
  passthrough: {
    readEnvelope,
    // Every envelope that comes here was read there.
    rewrite: (envelope, rewriting) => rewrite(envelope as ResponsesEnvelope, rewriting),
    readAnswer,
    readTail: (tail) => readTail(tail),
    createTap: () => new ResponsesStreamTap(),
  },
};

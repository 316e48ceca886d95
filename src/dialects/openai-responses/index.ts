import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { CallerDialect, ChatIngress } from "../dialect.ts";
import { renderError } from "../openai-chat/error.ts";
import type { Passthrough } from "../passthrough.ts";
import type { ResponsesEnvelope } from "./envelope.ts";
import { parseError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { fieldName } from "./field-name.ts";
import { parseRequest } from "./parse-request.ts";
import { responsesPassthrough } from "./passthrough.ts";
import { paths, renderRequest } from "./render-request.ts";
import { renderResponse } from "./render-response.ts";
import { parseResponse } from "./response.ts";
import type { ResponsesContext } from "./response-members.ts";
import { ResponsesStreamDecoder } from "./stream-decoder.ts";
import { ResponsesStreamEncoder } from "./stream-encoder.ts";

/** Speaks to callers whose conversations are kept. */
interface ResponsesIngress extends ChatIngress {
  readonly renderResponse: (response: ChatResponse, context: ResponsesContext) => JsonObject;
  readonly encodeStream: (context: ResponsesContext) => ResponsesStreamEncoder;
}

interface ResponsesDialect extends CallerDialect {
  readonly ingress: ResponsesIngress;
  readonly passthrough: Passthrough<ResponsesEnvelope>;
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
    exactMembers,
  },
  ingress: {
    parseRequest,
    renderResponse,
    encodeStream: (context) => new ResponsesStreamEncoder(context),
    // All of OpenAI's APIs have one shape for errors.
    renderError,
    fieldName,
    exactMembers,
  },
  passthrough: responsesPassthrough,
};

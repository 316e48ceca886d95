import type { CallerDialect } from "../dialect.ts";
import type { Passthrough } from "../passthrough.ts";
import { readAnswer, readTail } from "./answer-tap.ts";
import { type MessagesEnvelope, readEnvelope } from "./envelope.ts";
import { errorStatus, isOwnError, parseError, renderError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { fieldName } from "./field-name.ts";
import { foreignTexts } from "./foreign-texts.ts";
import { parseRequest } from "./parse-request.ts";
import { readQuirks } from "./quirks.ts";
import { paths, renderRequest } from "./render-request.ts";
import { renderResponse } from "./render-response.ts";
import { parseResponse } from "./response.ts";
import { rewriteRequest } from "./rewrite.ts";
import { AnthropicStreamDecoder } from "./stream-decoder.ts";
import { AnthropicStreamEncoder } from "./stream-encoder.ts";
import { MessagesStreamTap } from "./stream-tap.ts";
import { tellRate } from "./tell-rate.ts";
import { cannotTell } from "./told-calls.ts";

const passthrough: Passthrough<MessagesEnvelope> = {
  readEnvelope,
  rewrite: rewriteRequest,
  readAnswer,
  readTail,
  createTap: () => new MessagesStreamTap(),
  foreignTexts,
  headers: ["anthropic-version", "anthropic-beta"],
};

/** Anthropic's Messages API. Wire format: https://docs.anthropic.com/en/api/messages */
export const anthropicMessages: CallerDialect = {
  name: "anthropic-messages",
  egress: {
    paths,
    renderRequest,
    parseResponse: (body, { upstreamModel }) => parseResponse(body, upstreamModel),
    decodeStream: ({ upstreamModel }, emit) => new AnthropicStreamDecoder(upstreamModel, emit),
    parseError,
    isOwnError,
    exactMembers,
    // Vertex AI is sure to take bytes; of URLs its documentation says nothing.
    inlines: (traits) => (readQuirks(traits).isVertex ? ["image", "file"] : []),
  },
  ingress: {
    parseRequest,
    cannotTell,
    renderResponse,
    encodeStream: (context) => new AnthropicStreamEncoder(context),
    renderError,
    errorStatus,
    tellRate,
    fieldName,
    exactMembers,
  },
  passthrough,
};

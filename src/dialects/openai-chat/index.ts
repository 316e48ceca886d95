import type { CallerDialect } from "../dialect.ts";
import { parseError, renderError } from "./error.ts";
import { exactMembers } from "./exact-members.ts";
import { fieldName } from "./field-name.ts";
import { inlines } from "./inlines.ts";
import { parseRequest } from "./parse-request.ts";
import { chatPassthrough } from "./passthrough.ts";
import { paths, renderRequest } from "./render-request.ts";
import { renderResponse } from "./render-response.ts";
import { parseResponse } from "./response.ts";
import { ChatStreamDecoder } from "./stream-decoder.ts";
import { ChatStreamEncoder } from "./stream-encoder.ts";

/** OpenAI's Chat Completions, and those of everybody who speaks them. Wire format: https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: CallerDialect = {
  name: "openai-chat",
  egress: {
    paths,
    renderRequest,
    parseResponse,
    decodeStream: (traits, emit) => new ChatStreamDecoder(traits, emit),
    parseError,
    exactMembers,
    inlines,
  },
  ingress: {
    parseRequest,
    renderResponse,
    encodeStream: (context) => new ChatStreamEncoder(context),
    renderError,
    fieldName,
    exactMembers,
  },
  passthrough: chatPassthrough,
};

import { parseError, renderError } from "../openai-chat/error.ts";
import { rewriteTask } from "../task/envelope.ts";
import { readAnswer, readTail } from "./answer-tap.ts";
import { bedrock } from "./bedrock.ts";
import { readEnvelope } from "./envelope.ts";
import { fieldName } from "./field-name.ts";
import { fireworks } from "./fireworks.ts";
import { gemini } from "./gemini/index.ts";
import { huggingface } from "./huggingface.ts";
import type { ImagesDialect } from "./images-dialect.ts";
import { renderRequest } from "./openai/render-request.ts";
import { parseResponse } from "./openai/response.ts";
import { decodeStream } from "./openai/stream-decoder.ts";
import { parseRequest } from "./parse-request.ts";
import { eventsOf, renderResponse } from "./render-response.ts";
import { encodeStream } from "./stream-encoder.ts";
import { createTap } from "./stream-tap.ts";

/** Pictures, made and edited: `/v1/images/generations` (operation `generate`) and `/v1/images/edits` (`edit`). */
export const images: ImagesDialect = {
  ingress: { parseRequest, renderResponse, encodeStream, eventsOf, renderError, fieldName },
  passthrough: { readEnvelope, rewrite: rewriteTask, readAnswer, readTail, createTap },
  egress: {
    openai: {
      renderRequest,
      parseResponse,
      decodeStream: (request, _traits, emit) => decodeStream(request, emit),
      parseError,
    },
    gemini,
    bedrock,
    fireworks,
    huggingface,
  },
};

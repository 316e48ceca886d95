import { renderError } from "../openai-chat/error.ts";
import { rewriteTask } from "../task/envelope.ts";
import { createTap, readAnswer, readTail } from "./answer-tap.ts";
import { readEnvelope } from "./envelope.ts";
import { fieldName } from "./field-name.ts";
import { gemini } from "./gemini.ts";
import { mistral } from "./mistral.ts";
import { openai } from "./openai.ts";
import { parseRequest } from "./parse-request.ts";
import { encodeStream, eventsOf, renderResponse } from "./render-response.ts";
import type { SpeechDialect } from "./speech-dialect.ts";

/** Texts that are spoken: `/v1/audio/speech`. */
export const speech: SpeechDialect = {
  ingress: { parseRequest, renderResponse, encodeStream, eventsOf, renderError, fieldName },
  passthrough: { readEnvelope, rewrite: rewriteTask, readAnswer, readTail, createTap },
  egress: { openai, gemini, mistral },
};

import { renderError } from "../openai-chat/error.ts";
import { rewriteTask } from "../task/envelope.ts";
import { createTap, readAnswer, readTail } from "./answer-tap.ts";
import { cohere } from "./cohere.ts";
import { readEnvelope } from "./envelope.ts";
import { fieldName } from "./field-name.ts";
import { mistral } from "./mistral.ts";
import { openai } from "./openai.ts";
import { parseRequest } from "./parse-request.ts";
import { eventsOf, renderResponse } from "./render-response.ts";
import { encodeStream } from "./stream-encoder.ts";
import type { TranscriptionDialect } from "./transcription-dialect.ts";

/** What is said, written down: `/v1/audio/transcriptions` (operation `transcribe`) and `/v1/audio/translations` (`translate`). */
export const transcription: TranscriptionDialect = {
  ingress: { parseRequest, renderResponse, encodeStream, eventsOf, renderError, fieldName },
  passthrough: { readEnvelope, rewrite: rewriteTask, readAnswer, readTail, createTap },
  egress: { openai, mistral, cohere },
};

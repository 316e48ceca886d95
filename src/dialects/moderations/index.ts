import { renderError } from "../openai-chat/error.ts";
import { rewriteTask } from "../task/envelope.ts";
import { renderStreamError } from "../task/stream-error.ts";
import { mistral } from "./mistral.ts";
import type { ModerationsDialect } from "./moderations-dialect.ts";
import { openai } from "./openai.ts";
import { parseRequest } from "./parse-request.ts";
import { createTap, readAnswer, readEnvelope, readTail } from "./passthrough.ts";
import { renderResponse } from "./render-response.ts";

/** Texts and pictures that are judged: `/v1/moderations`. */
export const moderations: ModerationsDialect = {
  ingress: {
    parseRequest,
    renderResponse,
    encodeStream: () => ({ encode: () => "", fail: renderStreamError }),
    eventsOf: () => [],
    renderError,
    fieldName: () => "input",
  },
  passthrough: { readEnvelope, rewrite: rewriteTask, readAnswer, readTail, createTap },
  egress: { openai, mistral },
};

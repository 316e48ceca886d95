import { readChatRequest } from "../dialects/openai-chat/envelope.ts";
import type { GatewayServices } from "./gateway.ts";
import type { AuthenticatedCall } from "./pipeline.ts";
import { relayAnswer } from "./relay/relay-answer.ts";
import { authorizeModel } from "./stages/authorize.ts";
import { callTargets } from "./stages/call-targets.ts";
import { readBody } from "./stages/read-body.ts";

/** Answers up to this size are held until they are whole, so that their cost can stand in a header. */
const HOLD_BYTES = 1024 * 1024;

/** `POST /v1/chat/completions`: the caller's bytes to the model's targets, the answer's bytes back. */
export async function chatCompletions(
  call: AuthenticatedCall,
  request: Request,
  services: GatewayServices,
): Promise<Response> {
  const { settings } = call.tables.artifact;
  const body = await readBody(request, {
    maxBytes: settings.maxRequestBytes,
    timeoutMs: settings.requestTimeoutMs,
    deadlines: services.bodyDeadlines,
  });
  call.requestBytes = body.length;
  const chat = readChatRequest(body);
  call.stream = chat.stream;
  const model = authorizeModel(call.tables, call.key, chat.model);
  call.model = model;
  call.service = call.tables.services.ofModel(call.key.app.id, model.id);
  const limits = { maxBytes: settings.maxResponseBytes, holdBytes: HOLD_BYTES };
  const answer = await callTargets(call, model, chat, { request, watch: services.watch, limits });
  if (chat.stream) services.keepOpen(request);
  return relayAnswer(call, answer, { stream: chat.stream, hideUsage: !chat.includeUsage });
}

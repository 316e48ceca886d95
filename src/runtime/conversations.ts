import type { CallerDialect, RequestPath } from "../dialects/dialect.ts";
import { Conversation } from "./exchange/conversation.ts";
import type { GatewayServices } from "./gateway.ts";
import type { AuthenticatedCall, Route } from "./pipeline.ts";
import { relayAnswer } from "./relay/relay-answer.ts";
import { authorizeModel } from "./stages/authorize.ts";
import { callTargets } from "./stages/call-targets.ts";
import { readBody } from "./stages/read-body.ts";

const NOTHING: RequestPath = {};

/**
 * The route of conversations in one dialect, such as `POST /v1/chat/completions`: the caller's bytes, or what they
 * mean, to the model's targets, and the answer back.
 * @param readPath what the path says, for the dialects that keep something there
 */
export function conversations(
  dialect: CallerDialect,
  readPath?: (call: AuthenticatedCall) => RequestPath,
): Route {
  return async (call, request, services) => {
    const path = readPath?.(call) ?? NOTHING;
    return converse(dialect, path, call, request, services);
  };
}

async function converse(
  dialect: CallerDialect,
  path: RequestPath,
  call: AuthenticatedCall,
  request: Request,
  services: GatewayServices,
): Promise<Response> {
  const { maxRequestBytes, maxResponseBytes, requestTimeoutMs } = call.tables.artifact.settings;
  const body = await readBody(request, {
    maxBytes: maxRequestBytes,
    timeoutMs: requestTimeoutMs,
    deadlines: services.bodyDeadlines,
  });
  call.requestBytes = body.length;
  const envelope = dialect.passthrough.readEnvelope(body, path);
  call.stream = envelope.stream;
  const model = authorizeModel(call.tables, call.key, envelope.model);
  call.model = model;
  call.service = call.tables.services.ofModel(call.key.app.id, model.id);
  const conversation = new Conversation(dialect, envelope, path, {
    maxBytes: maxResponseBytes,
    fetchMedia: services.fetchMedia,
  });
  const answer = await callTargets(call, model, conversation, {
    request,
    watch: services.watch,
    maxBytes: maxResponseBytes,
  });
  if (call.stream) services.keepOpen(request);
  return relayAnswer(call, answer, conversation);
}

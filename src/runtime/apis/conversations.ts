import type { CallerDialect, RequestPath } from "../../dialects/dialect.ts";
import type { Envelope } from "../../dialects/passthrough.ts";
import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import { Conversation, type ConversationMemory, type NamedRequest } from "../exchange/conversation.ts";
import type { PathAsSent } from "../exchange/translation.ts";
import type { GatewayServices } from "../gateway.ts";
import type { AuthenticatedCall, Route } from "../pipeline.ts";
import { relayAnswer } from "../relay/relay-answer.ts";
import { authorizeModel } from "../stages/authorize.ts";
import { callTargets } from "../stages/call-targets.ts";
import { readCallBody } from "../stages/read-call-body.ts";

/** A request that is complete, and what is to be remembered of its answer. */
export interface CompletedRequest {
  readonly envelope: Envelope;
  readonly memory?: ConversationMemory;
  readonly asNamed?: NamedRequest;
  /** Where what stands in the envelope's body stood in the one that came. */
  readonly pathAsSent?: PathAsSent;
}

/** What some dialects have besides a body. */
export interface ConversationOptions {
  /** The request's body, where it was read already. */
  readonly body?: Uint8Array;
  /** What the path and query say. */
  readonly path?: RequestPath;
  /** Puts in what a request only names, such as an earlier answer. */
  readonly complete?: (envelope: Envelope) => CompletedRequest | Promise<CompletedRequest>;
}

const NOTHING: ConversationOptions = {};

/** The route of conversations in one dialect, such as `POST /v1/chat/completions`. */
export function conversations(dialect: CallerDialect): Route {
  return (call, request, services) => converse(dialect, call, request, services);
}

/** The caller's bytes, or what they mean, to the model's targets, and the answer back. */
export async function converse(
  dialect: CallerDialect,
  call: AuthenticatedCall,
  request: IncomingRequest,
  services: GatewayServices,
  options: ConversationOptions = NOTHING,
): Promise<Reply> {
  const { maxResponseBytes } = call.tables.artifact.settings;
  const body = options.body ?? (await readCallBody(call, request));
  const path = options.path ?? {};
  const given = dialect.passthrough.readEnvelope(body, path);
  call.stream = given.stream;
  const model = authorizeModel(call.tables, call.key, given.model);
  call.model = model;
  call.service = call.key.serviceOf("models", model.id);
  const whole: CompletedRequest =
    options.complete === undefined ? { envelope: given } : await options.complete(given);
  const { envelope, memory, pathAsSent, asNamed } = whole;
  const conversation = new Conversation(dialect, envelope, path, {
    maxBytes: maxResponseBytes,
    fetchMedia: services.fetchMedia,
    headers: request.headers,
    memory,
    pathAsSent,
    asNamed,
  });
  const answer = await callTargets(call, model, conversation, {
    request,
    maxBytes: maxResponseBytes,
  });
  return relayAnswer(call, answer, conversation);
}

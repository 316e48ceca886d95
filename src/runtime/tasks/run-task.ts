import type { Envelope } from "../../dialects/passthrough.ts";
import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import type { GatewayServices } from "../gateway.ts";
import type { AuthenticatedCall, Route } from "../pipeline.ts";
import type { RelayedEvent } from "../relay/relay-translated.ts";
import { authorizeModel } from "../stages/authorize.ts";
import { callTargets } from "../stages/call-targets.ts";
import { lacksApi } from "../stages/lacks-api.ts";
import { readCallBody } from "../stages/read-call-body.ts";
import { providerApis } from "./provider-api.ts";
import { relayTask } from "./relay-task.ts";
import type { Metered, TaskApi, TaskAsked } from "./task-api.ts";
import { TaskQuestion } from "./task-question.ts";

/** What a path says of a request. */
export type TaskPath = Pick<TaskAsked, "model" | "operation">;

/** The route of one of the further APIs, such as `POST /v1/embeddings`. */
export function taskRoute<
  Q,
  A extends Metered,
  Event extends RelayedEvent,
  F extends string,
  E extends Envelope,
>(api: TaskApi<Q, A, Event, F, E>, path: TaskPath = {}): Route {
  return (call, request, services) => runTask(api, path, call, request, services);
}

/**
 * The caller's bytes, or what they mean, to those of the model's targets whose providers have the API, and the answer
 * back.
 */
export async function runTask<
  Q,
  A extends Metered,
  Event extends RelayedEvent,
  F extends string,
  E extends Envelope,
>(
  api: TaskApi<Q, A, Event, F, E>,
  path: TaskPath,
  call: AuthenticatedCall,
  request: IncomingRequest,
  services: GatewayServices,
): Promise<Reply> {
  const { maxResponseBytes } = call.tables.artifact.settings;
  const body = await readCallBody(call, request);
  const input: TaskAsked = { ...path, body, contentType: request.headers.get("content-type") ?? "" };
  const envelope = api.passing.readEnvelope(input);
  call.stream = envelope.stream;
  const model = authorizeModel(call.tables, call.key, envelope.model);
  call.model = model;
  call.service = call.key.serviceOf("models", model.id);
  const { name, isUsable, taskTargets } = model;
  const targets = taskTargets[api.name] ?? [];
  if (isUsable && targets.length === 0) throw lacksApi(name, providerApis[api.name].what);
  const question = new TaskQuestion(api, input, envelope, {
    maxBytes: maxResponseBytes,
    fetchMedia: services.fetchMedia,
  });
  const answer = await callTargets(call, { name, targets, isUsable }, question, {
    request,
    maxBytes: maxResponseBytes,
  });
  return relayTask(call, answer, question);
}

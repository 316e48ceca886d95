import type { GatewayServices } from "../gateway.ts";
import type { AuthenticatedCall } from "../pipeline.ts";
import { authorizeEndpoint } from "../stages/authorize.ts";
import { answerOnce } from "./answer-once.ts";
import { answerStream } from "./answer-stream.ts";
import { readInput } from "./read-input.ts";
import { renderPrompt } from "./render-prompt.ts";

/** `POST /api/<endpoint>/…`: input checked, prompt rendered, answer checked, as JSON or as an event stream. */
export async function callEndpoint(
  call: AuthenticatedCall,
  request: Request,
  services: GatewayServices,
): Promise<Response> {
  const endpoint = authorizeEndpoint(call.tables, call.key, call.path);
  call.endpoint = endpoint;
  call.model = endpoint.model;
  call.service = call.tables.services.ofEndpoint(call.key.app.id, endpoint.id);
  const input = await readInput(call, endpoint, request, services.bodyDeadlines);
  const job = { call, endpoint, request, services, messages: renderPrompt(endpoint.prompt, input) };
  call.stream = request.headers.get("accept")?.includes("text/event-stream") === true;
  return call.stream ? answerStream(job) : answerOnce(job);
}

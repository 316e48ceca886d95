import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { AuthenticatedCall } from "../pipeline.ts";
import { authorizeEndpoint } from "../stages/authorize.ts";
import { answerOnce } from "./answer-once.ts";
import { answerStream } from "./answer-stream.ts";
import { readInput } from "./read-input.ts";
import { renderPrompt } from "./render-prompt.ts";

/** `POST /api/<endpoint>/…`: input checked, prompt rendered, answer checked, as JSON or as an event stream. */
export async function callEndpoint(call: AuthenticatedCall, request: IncomingRequest): Promise<Reply> {
  const endpoint = authorizeEndpoint(call.tables, call.key, call.path);
  call.endpoint = endpoint;
  call.notices += endpoint.lifecycle;
  if (endpoint.status === "retired") throw new LatchkeyError("LK-2008", endpoint.retired);
  call.model = endpoint.model;
  call.service = call.key.serviceOf("endpoints", endpoint.id);
  const input = await readInput(call, endpoint, request);
  const job = { call, endpoint, request, messages: renderPrompt(endpoint.prompt, input) };
  call.stream = request.headers.get("accept")?.includes("text/event-stream") === true;
  return call.stream ? answerStream(job) : answerOnce(job);
}

import type { IncomingRequest } from "../../http/exchange.ts";
import type { Call } from "../call.ts";
import { BackendAnswer } from "./backend-answer.ts";
import { isIdempotent } from "./backend-fault.ts";
import type { BackendServer } from "./backend-servers.ts";
import type { BackendEntry } from "./backend-table.ts";
import { inTurn, type OutgoingRequest, outgoingHead } from "./servers-in-turn.ts";

/** Asks the servers of a backend until one begins to answer; see `inTurn`. Rejects with LK-2301 where the caller leaves. */
export function askServers(
  call: Call,
  backend: BackendEntry,
  request: IncomingRequest,
  outgoing: OutgoingRequest,
): Promise<BackendAnswer> {
  return inTurn(call, backend, (server) => askServer(call, backend, request, outgoing, server));
}

/** Answers when the server has begun to answer or has failed. */
async function askServer(
  call: Call,
  backend: BackendEntry,
  request: IncomingRequest,
  outgoing: OutgoingRequest,
  server: BackendServer,
): Promise<BackendAnswer> {
  const answer = new BackendAnswer(call, maxResponseBytes(call, backend));
  const head = await outgoingHead(call, backend, request, outgoing, server);
  request.onLeave = () => answer.leave();
  call.backend = { label: backend.label, server: server.name };
  call.attempts++;
  answer.handle = server.upstream.send({
    head,
    body: outgoing.body,
    timeouts: backend.timeouts,
    isRepeatable: isIdempotent(call.method),
    onRepeat: () => call.attempts++,
    receiver: answer,
  });
  await answer.ready;
  request.onLeave = undefined;
  return answer;
}

/** Bytes of an answer at most. */
export function maxResponseBytes({ tables }: Call, { declaration }: BackendEntry): number {
  return declaration.maxResponseBytes ?? tables.artifact.settings.maxResponseBytes;
}

import type { IncomingRequest } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Call } from "../call.ts";
import { BackendAnswer } from "./backend-answer.ts";
import { isIdempotent, mayAskAnother } from "./backend-fault.ts";
import type { BackendServer } from "./backend-servers.ts";
import type { BackendEntry } from "./backend-table.ts";

/** What is asked of a backend's servers. */
export interface OutgoingRequest {
  /** Below the server's own prefix. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly body: Uint8Array;
}

/**
 * Asks the servers of a backend that are well, by their weights, until one begins to answer; another one is asked only
 * where that cannot do anything twice. Rejects with LatchkeyError LK-2301 (caller gone), LK-3109 (no server is well),
 * LK-3111 (a secret is missing), otherwise what the last one failed with.
 */
export async function askServers(
  call: Call,
  backend: BackendEntry,
  request: IncomingRequest,
  outgoing: OutgoingRequest,
): Promise<BackendAnswer> {
  const { open } = backend;
  if (open === undefined) throw new LatchkeyError("LK-3111");
  const asked: BackendServer[] = [];
  let failure: LatchkeyError | undefined;
  for (;;) {
    const next = open.turns.next(({ server }) => server.health?.isUp !== false && !asked.includes(server));
    if (next === undefined) throw failure ?? new LatchkeyError("LK-3109");
    const { server } = next;
    asked.push(server);
    const answer = await askServer(call, backend, request, outgoing, server);
    if (answer.error === undefined) return answer;
    if (answer.head !== undefined || !mayAskAnother(call.method, answer.error)) throw answer.error;
    failure = answer.error;
  }
}

/** Answers when the server has begun to answer or has failed. */
async function askServer(
  call: Call,
  backend: BackendEntry,
  request: IncomingRequest,
  { path, query, body }: OutgoingRequest,
  server: BackendServer,
): Promise<BackendAnswer> {
  const { maxResponseBytes } = backend.declaration;
  const answer = new BackendAnswer(call, maxResponseBytes ?? call.tables.artifact.settings.maxResponseBytes);
  const target = `${server.pathPrefix}${path}`;
  const made = backend.open?.head(request, {
    host: server.host,
    path: `${target === "" ? "/" : target}${query}`,
    requestId: call.requestId,
  });
  const head = (await backend.open?.authorize?.(made ?? "", body)) ?? made ?? "";
  if (request.hasLeft) throw new LatchkeyError("LK-2301");
  request.onLeave = () => answer.leave();
  call.backend = { label: backend.label, server: server.name };
  call.attempts++;
  answer.handle = server.upstream.send({
    head,
    body,
    timeouts: backend.timeouts,
    isRepeatable: isIdempotent(call.method),
    receiver: answer,
  });
  await answer.ready;
  request.onLeave = undefined;
  return answer;
}

import type { IncomingRequest } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import { mayAskAnother } from "./backend-fault.ts";
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

/** What came of asking one server. */
interface Asked {
  readonly head: UpstreamResponseHead | undefined;
  readonly error: LatchkeyError | undefined;
}

/**
 * Asks the servers of a backend that are well, by their weights, until one begins to answer; another one is asked only
 * where that cannot do anything twice. Rejects with LatchkeyError LK-3109 (no server is well), LK-3111 (a secret is
 * missing), otherwise what the last one failed with.
 */
export async function inTurn<Answer extends Asked>(
  call: Call,
  { open }: BackendEntry,
  ask: (server: BackendServer) => Promise<Answer>,
): Promise<Answer> {
  if (open === undefined) throw new LatchkeyError("LK-3111");
  const asked: BackendServer[] = [];
  let failure: LatchkeyError | undefined;
  for (;;) {
    const next = open.turns.next(({ server }) => server.health?.isUp !== false && !asked.includes(server));
    if (next === undefined) throw failure ?? new LatchkeyError("LK-3109");
    const { server } = next;
    asked.push(server);
    const answer = await ask(server);
    if (answer.error === undefined) return answer;
    if (answer.head !== undefined || !mayAskAnother(call.method, answer.error)) throw answer.error;
    failure = answer.error;
  }
}

/** The head of the request to one server, with the backend's credential. Rejects with LK-2301 where the caller has left. */
export async function outgoingHead(
  call: Call,
  { open }: BackendEntry,
  request: IncomingRequest,
  { path, query, body }: OutgoingRequest,
  { host, pathPrefix }: BackendServer,
): Promise<string> {
  const target = `${pathPrefix}${path}`;
  const made = open?.head(request, {
    host,
    path: `${target === "" ? "/" : target}${query}`,
    requestId: call.requestId,
  });
  const head = (await open?.authorize?.(made ?? "", body)) ?? made ?? "";
  if (request.hasLeft) throw new LatchkeyError("LK-2301");
  return head;
}

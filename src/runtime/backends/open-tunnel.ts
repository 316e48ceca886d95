import { headerLine, type IncomingRequest, type Reply } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { TunnelHandle, TunnelReceiver, UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import type { GatewayServices } from "../gateway.ts";
import type { OpenTunnels } from "../open-tunnels.ts";
import type { AuthenticatedCall } from "../pipeline.ts";
import { offersOwnProtocol, ownProtocol, webSocketKeys } from "../web-socket-key.ts";
import { maxResponseBytes } from "./ask-servers.ts";
import { BackendAnswer } from "./backend-answer.ts";
import type { BackendServer } from "./backend-servers.ts";
import type { BackendEntry } from "./backend-table.ts";
import { BackendTunnel } from "./backend-tunnel.ts";
import { relayBackend } from "./relay-backend.ts";
import { inTurn, type OutgoingRequest, outgoingHead } from "./servers-in-turn.ts";
import { acceptanceFault, checkHandshake, upgradeLines } from "./web-socket-handshake.ts";

/**
 * Answers a request for a WebSocket connection to a backend: with a tunnel where a server agrees, with the server's own
 * answer where it does not. Rejects with LatchkeyError LK-2003 (another key among the subprotocols), LK-2124 (the backend
 * takes none), LK-2125 and LK-2126 (the handshake), LK-31nn (the upstream).
 */
export async function openTunnel(
  call: AuthenticatedCall,
  backend: BackendEntry,
  request: IncomingRequest,
  outgoing: OutgoingRequest,
  { tunnels }: Pick<GatewayServices, "tunnels">,
): Promise<Reply> {
  if (!backend.declaration.webSocket) throw new LatchkeyError("LK-2124", undefined, { param: "upgrade" });
  checkHandshake(request.headers, outgoing.body);
  for (const text of webSocketKeys(request.headers)) {
    if (call.tables.keys.find(text) !== call.key) throw new LatchkeyError("LK-2003");
  }
  const { answer, tunnel } = await inTurn(call, backend, (server) =>
    shakeHands(call, backend, request, { outgoing, server, tunnels }),
  );
  const { head } = answer;
  if (tunnel === undefined || head === undefined) return relayBackend(call, backend, answer);
  call.stream = true;
  let headers = `${upgradeLines}${backend.responseHeaders(head, call)}${call.notices}`;
  if (offersOwnProtocol(request.headers) && head.headers.first("sec-websocket-protocol") === undefined) {
    headers += headerLine("sec-websocket-protocol", ownProtocol);
  }
  return { status: 101, headers, body: tunnel };
}

/** Answers when the server has agreed, has begun to answer otherwise, or has failed. */
async function shakeHands(
  call: Call,
  backend: BackendEntry,
  request: IncomingRequest,
  {
    outgoing,
    server,
    tunnels,
  }: {
    readonly outgoing: OutgoingRequest;
    readonly server: BackendServer;
    readonly tunnels: OpenTunnels;
  },
): Promise<Handshake> {
  const answer = new BackendAnswer(call, maxResponseBytes(call, backend));
  const handshake = new Handshake(call, backend.id, { request, answer, tunnels });
  const head = await outgoingHead(call, backend, request, outgoing, server);
  request.onLeave = () => answer.leave();
  call.backend = { label: backend.label, server: server.name };
  call.attempts++;
  const handle = server.tunnels.send({
    head: head + upgradeLines,
    body: outgoing.body,
    timeouts: backend.timeouts,
    receiver: handshake,
  });
  answer.handle = handle;
  handshake.handle = handle;
  await answer.ready;
  request.onLeave = undefined;
  return handshake;
}

interface HandshakeParts {
  readonly request: IncomingRequest;
  /** What becomes of an answer other than 101. */
  readonly answer: BackendAnswer;
  readonly tunnels: OpenTunnels;
}

/** Takes what a server answers to a handshake, and hands it on to what becomes of it. */
class Handshake implements TunnelReceiver {
  readonly answer: BackendAnswer;
  tunnel: BackendTunnel | undefined;
  /** Set right after the request is sent. */
  handle: TunnelHandle | undefined;
  readonly #call: Call;
  readonly #backend: number;
  readonly #request: IncomingRequest;
  readonly #tunnels: OpenTunnels;

  constructor(call: Call, backend: number, { request, answer, tunnels }: HandshakeParts) {
    this.#call = call;
    this.#backend = backend;
    this.#request = request;
    this.answer = answer;
    this.#tunnels = tunnels;
  }

  get head(): UpstreamResponseHead | undefined {
    return this.answer.head;
  }

  get error(): LatchkeyError | undefined {
    return this.answer.error;
  }

  onHead(head: UpstreamResponseHead): void {
    if (head.status !== 101 || this.handle === undefined) return this.answer.onHead(head);
    const fault = acceptanceFault(head, this.#request.headers);
    if (fault === undefined) {
      this.tunnel = new BackendTunnel(this.#call, this.#backend, this.handle, this.#tunnels);
      return this.answer.onHead(head);
    }
    this.handle.abort();
    this.answer.onError(fault);
  }

  onData(chunk: Uint8Array): void {
    (this.tunnel ?? this.answer).onData(chunk);
  }

  onDrain(): void {
    this.tunnel?.onDrain();
  }

  onEnd(): void {
    (this.tunnel ?? this.answer).onEnd();
  }

  onError(error: LatchkeyError): void {
    (this.tunnel ?? this.answer).onError(error);
  }
}

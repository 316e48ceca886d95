import type { Socket, TLSOptions } from "bun";
import { ProtocolError } from "../http/protocol-error.ts";
import { type JoinRoom, SocketWriter } from "../http/socket-writer.ts";
import { type LatchkeyError, toLatchkeyError } from "../kernel/error.ts";
import { connectionFault, describeFault } from "./connection-fault.ts";
import type { UpstreamOrigin } from "./parse-origin.ts";
import type { PooledCall } from "./pooled-call.ts";
import { writeRequest } from "./request-writer.ts";
import { ResponseParser } from "./response-parser.ts";
import type { UpstreamResponseHead } from "./upstream.ts";

/** What a connection tells its pool. */
export interface ConnectionOwner {
  /** The connection stands and can take the call it was opened for, if that is still wanted. */
  readonly onOpen: (connection: Connection) => void;
  /** The answer is whole and the connection can take the next call. */
  readonly onFree: (connection: Connection) => void;
  /** The connection is gone; `again` is the call that has to be sent once more, on a new one. */
  readonly onGone: (connection: Connection, again: PooledCall | undefined) => void;
  /** An attempt to connect that was given up before there was a socket has come to its end. */
  readonly onGivenUp: () => void;
}

/** How connections are made. */
export interface ConnectionOptions {
  readonly origin: UpstreamOrigin;
  readonly maxHeadBytes: number;
  /** Undefined for plain HTTP. */
  readonly tls: TLSOptions | undefined;
  /** Whether the answer may make a tunnel of the connection; default: no. */
  readonly mayTunnel?: boolean;
  /** Where requests are put together, see `SocketWriter`. */
  readonly room: JoinRoom;
  /** `Bun.connect`. */
  readonly connect: typeof Bun.connect<Connection>;
}

/** Request lines of methods that are not idempotent (RFC 9110, 9.2.2, and RFC 5789, 2). */
const NOT_IDEMPOTENT = /^(?:POST|PATCH) /;

const handlers = {
  binaryType: "uint8array" as const,
  open: (socket: Socket<Connection>): void => socket.data.onOpen(socket),
  handshake: (socket: Socket<Connection>, success: boolean, fault: Error | null): void =>
    socket.data.onHandshake(success, fault),
  data: (socket: Socket<Connection>, bytes: Uint8Array): void => socket.data.onBytes(bytes),
  drain: (socket: Socket<Connection>): void => socket.data.onDrain(),
  end: (socket: Socket<Connection>): void => socket.data.onClosed(true),
  close: (socket: Socket<Connection>, fault?: Error): void => socket.data.onClosed(false, fault),
  error: (socket: Socket<Connection>, fault: Error): void => socket.data.onClosed(false, fault),
};

/** One connection to an upstream: one call at a time, its answer parsed as it comes. */
export class Connection {
  /** The call that it is opened for or that is on it. */
  call: PooledCall | undefined;
  /** Until when it may stay unused; monotonic milliseconds. */
  idleUntil = 0;
  readonly #options: ConnectionOptions;
  readonly #owner: ConnectionOwner;
  readonly #parser: ResponseParser;
  readonly #writer: SocketWriter;
  #socket: Socket<Connection> | undefined;
  #stands = false;
  #isGone = false;
  #hasAttemptEnded = false;
  #isUsed = false;
  #isRetired = false;

  constructor(options: ConnectionOptions, owner: ConnectionOwner) {
    this.#options = options;
    this.#owner = owner;
    this.#parser = new ResponseParser(this, options.maxHeadBytes, options.mayTunnel);
    this.#writer = new SocketWriter(options.room);
  }

  /** How long the upstream says it keeps it unused, milliseconds. */
  get keepAliveMs(): number | undefined {
    return this.#parser.keepAliveMs;
  }

  /** Whether there is a socket that can be closed; before, an attempt to connect cannot be called off. */
  get hasSocket(): boolean {
    return this.#socket !== undefined;
  }

  /** Begins to connect, TLS included; `onOpen` or `onGone` of the owner is called later. */
  open(call: PooledCall): void {
    this.call = call;
    call.connection = this;
    const { origin, tls, connect } = this.#options;
    const { hostname, port } = origin;
    const options = { hostname, port, data: this, socket: handlers, ...(tls !== undefined && { tls }) };
    new Promise((resolve) => resolve(connect(options))).catch((thrown: unknown) => {
      if (this.#socket !== undefined) return;
      if (this.#isGone) this.#endAttempt();
      else this.onClosed(false, thrown);
    });
  }

  /** Sends a call's request. */
  send(call: PooledCall): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.call = call;
    call.connection = this;
    call.phase = "first-byte";
    this.#writer.hasLeft = false;
    this.#parser.reset(call.request.head.startsWith("HEAD "));
    if (call.isPaused) socket.pause();
    // The event that tells of the closed socket may have been on its way before the call came.
    if (!writeRequest(this.#writer, socket, call.request)) queueMicrotask(() => this.onClosed(false));
  }

  /** Sends bytes through the tunnel that the connection has become. Answers whether all have left. */
  write(bytes: Uint8Array): boolean {
    const socket = this.#socket;
    if (socket === undefined) return true;
    if (!this.#writer.write(socket, "", "", bytes, "")) queueMicrotask(() => this.onClosed(false));
    return this.#writer.isDone;
  }

  /** Says that nothing more is sent; whatever was written has left. */
  shutdown(): void {
    this.#socket?.shutdown();
  }

  pause(): void {
    if (this.#stands) this.#socket?.pause();
  }

  resume(): void {
    if (this.#stands) this.#socket?.resume();
  }

  /** Ends the connection at once. The call on it is told nothing. */
  destroy(): void {
    this.#leave()?.terminate();
  }

  /** Ends a connection without a call, in good order. */
  close(): void {
    this.#leave()?.close();
  }

  /** Takes no further call; the one that it has may end. */
  retire(): void {
    this.#isRetired = true;
    if (this.call === undefined) this.close();
  }

  onOpen(socket: Socket<Connection>): void {
    if (this.#isGone) {
      socket.terminate();
      this.#endAttempt();
      return;
    }
    this.#socket = socket;
    if (this.#options.tls === undefined) this.#stand();
  }

  onHandshake(success: boolean, fault: Error | null): void {
    if (this.#isGone) return;
    if (success) this.#stand();
    else
      this.onClosed(
        false,
        new Error(`TLS: ${fault === null ? "the handshake failed" : describeFault(fault)}`),
      );
  }

  onBytes(bytes: Uint8Array): void {
    const { call } = this;
    // Nobody has asked for anything: what comes could be taken for the next call's answer.
    if (call === undefined) return this.destroy();
    try {
      this.#parser.feed(bytes);
    } catch (thrown) {
      this.destroy();
      call.fail(this.#protocolFault(thrown));
      return;
    }
    if (this.call === call && this.#parser.isDone) this.#finish(call);
  }

  onHead(head: UpstreamResponseHead): void {
    this.call?.onHead(head);
  }

  onData(chunk: Uint8Array): void {
    this.call?.onData(chunk);
  }

  onDrain(): void {
    const { call } = this;
    if (this.#socket === undefined || call === undefined || this.#writer.isDone) return;
    if (!this.#writer.writeRest(this.#socket)) this.onClosed(false);
    else call.onDrain(this.#writer.isDone);
  }

  /** @param inGoodOrder whether the upstream said that it has nothing more to send. */
  onClosed(inGoodOrder: boolean, fault?: unknown): void {
    if (this.#isGone) return;
    const { call } = this;
    const { started } = this.#parser;
    const isWhole = inGoodOrder && this.#parser.endOfInput();
    const { hasLeft } = this.#writer;
    const isStale = this.#isUsed && !started && call !== undefined && mayRepeat(call, hasLeft);
    if (isStale && hasLeft) call.request.onRepeat?.();
    const socket = this.#leave(isStale ? call : undefined);
    if (inGoodOrder) socket?.close();
    else socket?.terminate();
    if (call === undefined || isStale) return;
    if (isWhole) return call.complete();
    const detail = fault === undefined ? "the connection was closed" : describeFault(fault);
    call.fail(
      started
        ? connectionFault("LK-3008", this.#options.origin, `${detail} in the middle of the answer`, fault)
        : connectionFault("LK-3002", this.#options.origin, detail, fault),
    );
  }

  #stand(): void {
    this.#stands = true;
    this.#owner.onOpen(this);
  }

  /** The connection is given back before the receiver hears of the end, so that its next call can use it. */
  #finish(call: PooledCall): void {
    this.call = undefined;
    if (!this.#writer.isDone) this.destroy();
    else if (!this.#parser.keepAlive || this.#isRetired) this.close();
    else {
      this.#isUsed = true;
      if (call.isPaused) this.#socket?.resume();
      this.#owner.onFree(this);
    }
    call.complete();
  }

  /** Takes leave of its call and its owner; answers the socket, which is to be closed. */
  #leave(again?: PooledCall): Socket<Connection> | undefined {
    if (this.#isGone) return undefined;
    this.#isGone = true;
    this.call = undefined;
    this.#parser.stop();
    const socket = this.#socket;
    this.#socket = undefined;
    this.#owner.onGone(this, again);
    return socket;
  }

  /** An attempt to connect that nobody waits for any more has come to its end. */
  #endAttempt(): void {
    if (this.#hasAttemptEnded) return;
    this.#hasAttemptEnded = true;
    this.#owner.onGivenUp();
  }

  #protocolFault(thrown: unknown): LatchkeyError {
    if (!(thrown instanceof ProtocolError)) return toLatchkeyError(thrown);
    return connectionFault("LK-3007", this.#options.origin, thrown.message, thrown);
  }
}

/**
 * Whether a call may be sent once more that an old connection has not answered. The upstream may have worked on what
 * has left, even when it closed the connection: for a model's answer one would pay twice.
 */
function mayRepeat({ isRetry, request }: PooledCall, hasLeft: boolean): boolean {
  if (isRetry) return false;
  return !hasLeft || (request.isRepeatable ?? !NOT_IDEMPOTENT.test(request.head));
}

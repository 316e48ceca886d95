import type { Socket, TLSOptions } from "bun";
import { LatchkeyError } from "../kernel/error.ts";
import type { ActiveCall } from "./active-call.ts";
import type { UpstreamOrigin } from "./parse-origin.ts";
import { ProtocolError } from "./response-head.ts";
import { ResponseParser } from "./response-parser.ts";

/** What a connection tells its pool. */
export interface ConnectionOwner {
  readonly now: () => number;
  /** The answer is whole and the connection can take the next call. */
  readonly onFree: (connection: Connection) => void;
  /** The connection is gone; `call` is the one that has to be sent again, if any. */
  readonly onGone: (connection: Connection, call: ActiveCall | undefined) => void;
}

/** How connections are made. */
export interface ConnectionOptions {
  readonly origin: UpstreamOrigin;
  readonly maxHeadBytes: number;
  readonly tls: TLSOptions | undefined;
}

/** Bodies up to this size are written together with their head. */
const JOINED_BYTES = 128 * 1024;

const handlers = {
  binaryType: "buffer" as const,
  data: (socket: Socket<Connection>, bytes: Buffer): void => socket.data.onBytes(bytes),
  drain: (socket: Socket<Connection>): void => socket.data.writeRest(),
  close: (socket: Socket<Connection>): void => socket.data.onClosed(),
  error: (socket: Socket<Connection>, error: Error): void => socket.data.onFault(error),
  end: (socket: Socket<Connection>): void => void socket.end(),
};

/** One connection to an upstream: one call at a time, its answer parsed as it comes. */
export class Connection {
  /** When it last became free; monotonic milliseconds. */
  idleSince = 0;
  readonly #owner: ConnectionOwner;
  readonly #parser: ResponseParser;
  #socket: Socket<Connection> | undefined;
  #active: ActiveCall | undefined;
  #calls = 0;
  #unsent: Uint8Array | undefined;
  #fault: Error | undefined;
  #ended = false;
  #gone = false;
  /** Whether the owner was given this connection; one that never stood is not reported as gone. */
  #established = false;

  private constructor(owner: ConnectionOwner, maxHeadBytes: number) {
    this.#owner = owner;
    this.#parser = new ResponseParser(
      {
        onHead: (head) => this.#active?.call.receiver.onHead(head),
        onData: (chunk) => this.#onChunk(chunk),
        onEnd: () => {
          this.#ended = true;
        },
      },
      maxHeadBytes,
    );
  }

  /**
   * Opens a connection, TLS included.
   * @throws Error of the operating system or of TLS.
   */
  static async open(options: ConnectionOptions, owner: ConnectionOwner): Promise<Connection> {
    const connection = new Connection(owner, options.maxHeadBytes);
    const { promise: secured, resolve, reject } = Promise.withResolvers<void>();
    const { hostname, port } = options.origin;
    const socket = await Bun.connect<Connection>({
      hostname,
      port,
      data: connection,
      ...(options.tls !== undefined && { tls: options.tls }),
      socket: {
        ...handlers,
        handshake(_, success, refusal) {
          if (success && refusal === null) resolve();
          else reject(refusal ?? new Error("the TLS handshake failed"));
        },
        close(closed) {
          reject(new Error("closed during the TLS handshake"));
          closed.data.onClosed();
        },
      },
    });
    connection.#socket = socket;
    if (options.tls === undefined) secured.catch(() => undefined);
    else {
      try {
        await secured;
      } catch (thrown) {
        connection.destroy();
        throw thrown;
      }
    }
    connection.#established = true;
    return connection;
  }

  /** Whether the connection has ended. */
  get isGone(): boolean {
    return this.#gone;
  }

  /** Sends a call's request. */
  send(active: ActiveCall): void {
    this.#active = active;
    this.#ended = false;
    this.#calls++;
    this.#parser.reset();
    active.connection = this;
    active.phase = "first-byte";
    active.since = this.#owner.now();
    const { head, body } = active.call;
    const framed =
      body.length === 0 && head.startsWith("GET ")
        ? `${head}\r\n`
        : `${head}content-length: ${body.length}\r\n\r\n`;
    if (body.length > JOINED_BYTES) {
      this.#write(Buffer.from(framed, "latin1"));
      this.#write(body);
      return;
    }
    const request = Buffer.allocUnsafe(framed.length + body.length);
    request.write(framed, 0, "latin1");
    request.set(body, framed.length);
    this.#write(request);
  }

  /** Writes what the socket had no room for. */
  writeRest(): void {
    const rest = this.#unsent;
    if (rest === undefined) return;
    this.#unsent = undefined;
    this.#write(rest);
  }

  pause(): void {
    this.#socket?.pause();
  }

  resume(): void {
    this.#socket?.resume();
  }

  /** Ends the connection at once. The call on it is told nothing. */
  destroy(): void {
    this.#active = undefined;
    this.#socket?.terminate();
    this.onClosed();
  }

  onBytes(bytes: Buffer): void {
    const active = this.#active;
    // Nobody has asked for anything: what comes could be taken for the next call's answer.
    if (active === undefined) return this.destroy();
    try {
      this.#parser.feed(bytes);
    } catch (thrown) {
      if (!this.#ended) {
        this.destroy();
        active.fail(faultOf(thrown));
        return;
      }
      this.#parser.keepAlive = false;
    }
    if (this.#ended && this.#active === active) this.#finish(active);
  }

  onFault(error: Error): void {
    this.#fault = error;
  }

  onClosed(): void {
    if (this.#gone) return;
    this.#gone = true;
    if (!this.#established) return;
    const active = this.#active;
    this.#active = undefined;
    if (active === undefined) return this.#owner.onGone(this, undefined);
    const stale = !this.#parser.started && this.#calls > 1 && !active.retried;
    this.#owner.onGone(this, stale ? active : undefined);
    if (stale) return;
    if (this.#fault === undefined && this.#parser.endOfInput()) return active.complete();
    const detail = this.#fault?.message ?? "the connection was closed";
    active.fail(
      this.#parser.started
        ? new LatchkeyError("LK-3008", undefined, { internal: `${detail} in the middle of the answer` })
        : new LatchkeyError("LK-3002", undefined, { internal: `${detail} before an answer` }),
    );
  }

  #write(bytes: Uint8Array): void {
    const socket = this.#socket;
    if (socket === undefined || this.#gone) return;
    if (this.#unsent !== undefined) {
      this.#unsent = Buffer.concat([this.#unsent, bytes]);
      return;
    }
    const written = Math.max(0, socket.write(bytes));
    if (written < bytes.length) this.#unsent = bytes.subarray(written);
    else if (this.#active !== undefined) this.#active.since = this.#owner.now();
  }

  #onChunk(chunk: Uint8Array): void {
    const active = this.#active;
    if (active === undefined) return;
    active.phase = "body";
    active.since = this.#owner.now();
    active.call.receiver.onData(chunk);
  }

  /** The connection is given back before the receiver hears of the end, so that its next call can use it. */
  #finish(active: ActiveCall): void {
    this.#active = undefined;
    if (this.#parser.keepAlive && this.#unsent === undefined) this.#owner.onFree(this);
    else this.destroy();
    active.complete();
  }
}

function faultOf(thrown: unknown): LatchkeyError {
  if (thrown instanceof ProtocolError) {
    return new LatchkeyError("LK-3007", undefined, { internal: thrown.message, cause: thrown });
  }
  return new LatchkeyError("LK-5001", undefined, { internal: "a receiver failed", cause: thrown });
}

import type { Socket, TLSOptions } from "bun";
import type { UpstreamOrigin } from "../../../src/upstream/parse-origin.ts";

/** One connection as the server sees it. */
export class RawConnection {
  /** Requests that have come on it, whole. */
  requests = 0;
  /** Bytes that no request was made of yet. */
  received: Buffer = Buffer.alloc(0);
  /** All bytes that came. */
  receivedBytes = 0;
  /** Bytes that the socket took. */
  sentBytes = 0;
  isClosed = false;
  /** Resolves when the other side has closed the connection. */
  readonly closed: Promise<void>;
  readonly #leave: () => void;
  #unsent: Buffer = Buffer.alloc(0);
  #endsAfter = false;

  constructor(
    readonly index: number,
    readonly socket: Socket<RawConnection>,
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#leave = resolve;
  }

  /** Sends bytes exactly as they are; text is latin1. */
  send(bytes: string | Uint8Array): void {
    const more = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
    this.#unsent = this.#unsent.length === 0 ? Buffer.from(more) : Buffer.concat([this.#unsent, more]);
    this.flush();
  }

  /** Sends what the socket had no room for. */
  flush(): void {
    const written = this.#unsent.length === 0 ? 0 : Math.max(0, this.socket.write(this.#unsent));
    this.sentBytes += written;
    this.#unsent = this.#unsent.subarray(written);
    if (this.#unsent.length === 0 && this.#endsAfter) this.socket.end();
  }

  /** Ends the connection in good order, after what was sent. */
  end(): void {
    this.#endsAfter = true;
    this.flush();
  }

  /** Cuts the connection off. */
  reset(): void {
    this.socket.terminate();
  }

  noteClosed(): void {
    this.isClosed = true;
    this.#leave();
  }
}

/** A request as it came. */
export interface RawRequest {
  readonly head: string;
  readonly body: Buffer;
}

/** How a raw server behaves. */
export interface RawServerOptions {
  readonly onRequest?: (connection: RawConnection, request: RawRequest) => void;
  readonly onOpen?: (connection: RawConnection) => void;
  /** Instead of making requests of them. */
  readonly onBytes?: (connection: RawConnection, bytes: Uint8Array) => void;
  readonly tls?: TLSOptions;
}

/** A server over raw TCP or TLS that plays exact bytes. */
export interface RawServer extends Disposable {
  readonly origin: UpstreamOrigin;
  /** All connections so far, oldest first. */
  readonly connections: readonly RawConnection[];
  /** Connections that stand. */
  readonly standing: () => number;
}

/** Starts a server on a free port of this machine; `using` stops it. */
export function startRawServer(options: RawServerOptions): RawServer {
  const connections: RawConnection[] = [];
  const server = Bun.listen<RawConnection>({
    hostname: "127.0.0.1",
    port: 0,
    ...(options.tls !== undefined && { tls: options.tls }),
    socket: {
      open(socket) {
        const connection = new RawConnection(connections.length, socket);
        socket.data = connection;
        connections.push(connection);
        options.onOpen?.(connection);
      },
      data({ data: connection }, bytes) {
        connection.receivedBytes += bytes.length;
        if (options.onBytes !== undefined) return options.onBytes(connection, bytes);
        connection.received = Buffer.concat([connection.received, bytes]);
        for (let next = takeRequest(connection); next !== undefined; next = takeRequest(connection)) {
          connection.requests++;
          options.onRequest?.(connection, next);
        }
      },
      drain: ({ data }) => data.flush(),
      close: ({ data }) => data.noteClosed(),
      error() {},
    },
  });
  return {
    origin: {
      protocol: options.tls === undefined ? "http" : "https",
      hostname: "127.0.0.1",
      port: server.port,
    },
    connections,
    standing: () => connections.filter(({ isClosed }) => !isClosed).length,
    [Symbol.dispose]: () => server.stop(true),
  };
}

function takeRequest(connection: RawConnection): RawRequest | undefined {
  const end = connection.received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = connection.received.toString("latin1", 0, end + 2);
  const length = Number(/\r\ncontent-length: (\d+)\r\n/.exec(head)?.[1] ?? 0);
  const whole = end + 4 + length;
  if (connection.received.length < whole) return undefined;
  const body = connection.received.subarray(end + 4, whole);
  connection.received = connection.received.subarray(whole);
  return { head, body };
}

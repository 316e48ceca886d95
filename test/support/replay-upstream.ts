import type { Socket } from "bun";

/** A request as it arrived, byte for byte. */
export interface SeenRequest {
  readonly head: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a script may do with one connection. */
export interface ReplayConnection {
  readonly request: SeenRequest;
  /** Sends bytes as they are. */
  readonly send: (bytes: string | Uint8Array) => void;
  /** Ends the connection in good order. */
  readonly end: () => void;
  /** Cuts it off. */
  readonly reset: () => void;
  /** Resolves when the other side has left. */
  readonly left: Promise<void>;
}

/** Answers one request. */
export type ReplayScript = (connection: ReplayConnection) => void | Promise<void>;

/** An upstream over raw TCP that plays exact bytes. */
export interface ReplayUpstream {
  readonly baseUrl: string;
  /** Requests so far, oldest first. */
  readonly seen: readonly SeenRequest[];
  /** What answers from now on. */
  script: ReplayScript;
  readonly stop: () => void;
}

interface State {
  received: Buffer;
  /** Bytes that the socket has not taken yet. */
  unsent: Buffer;
  readonly leave: () => void;
  readonly left: Promise<void>;
}

/** Starts an upstream on a free port of this machine. */
export function startReplayUpstream(script: ReplayScript): ReplayUpstream {
  const seen: SeenRequest[] = [];
  const server = Bun.listen<State>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        const { promise, resolve } = Promise.withResolvers<void>();
        socket.data = { received: Buffer.alloc(0), unsent: Buffer.alloc(0), leave: resolve, left: promise };
      },
      data(socket, bytes) {
        socket.data.received = Buffer.concat([socket.data.received, bytes]);
        for (let request = take(socket); request !== undefined; request = take(socket)) {
          seen.push(request);
          void upstream.script(connectionOf(socket, request));
        }
      },
      drain: (socket) => send(socket, Buffer.alloc(0)),
      close: (socket) => socket.data.leave(),
      error: (socket) => socket.data.leave(),
    },
  });
  const upstream: ReplayUpstream = {
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
    seen,
    script,
    stop: () => server.stop(true),
  };
  return upstream;
}

function take(socket: Socket<State>): SeenRequest | undefined {
  const { received } = socket.data;
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.subarray(0, end).toString("latin1");
  const headers = Object.fromEntries(
    head
      .split("\r\n")
      .slice(1)
      .map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
  );
  const length = Number(headers["content-length"] ?? 0);
  if (received.length < end + 4 + length) return undefined;
  const body = received.subarray(end + 4, end + 4 + length).toString("utf8");
  socket.data.received = received.subarray(end + 4 + length);
  return { head, headers, body };
}

function connectionOf(socket: Socket<State>, request: SeenRequest): ReplayConnection {
  return {
    request,
    send: (bytes) => send(socket, Buffer.from(bytes as string)),
    end: () => void socket.end(),
    reset: () => void socket.terminate(),
    left: socket.data.left,
  };
}

/** Writes what the socket takes and keeps the rest until it drains. */
function send(socket: Socket<State>, bytes: Buffer): void {
  const all = socket.data.unsent.length === 0 ? bytes : Buffer.concat([socket.data.unsent, bytes]);
  const written = Math.max(0, socket.write(all));
  socket.data.unsent = all.subarray(written);
}

/** A whole answer with its length. */
export function wholeAnswer(
  body: Uint8Array | string,
  status = 200,
  headers: readonly string[] = [],
): Uint8Array {
  const bytes = Buffer.from(body as string);
  const lines = [
    `HTTP/1.1 ${status} Status`,
    "content-type: application/json",
    `content-length: ${bytes.length}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), bytes]);
}

/** Head of an event stream in chunks. */
export const streamHead =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";

/** One chunk of a chunked answer. */
export function chunk(bytes: Uint8Array | string): Uint8Array {
  const data = Buffer.from(bytes as string);
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from("\r\n")]);
}

/** End of a chunked answer. */
export const lastChunk = "0\r\n\r\n";

/** A whole event stream, cut into chunks at the given places. */
export function streamAnswer(body: Uint8Array, places: readonly number[] = []): Uint8Array {
  const bounds = [0, ...places, body.length];
  const pieces = bounds
    .slice(1)
    .map((end, index) => body.subarray(bounds[index], end))
    .filter((piece) => piece.length > 0);
  return Buffer.concat([Buffer.from(streamHead), ...pieces.map(chunk), Buffer.from(lastChunk)]);
}

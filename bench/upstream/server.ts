/**
 * The cheap upstream of the bench: a raw HTTP/1.1 keep-alive server that answers chat calls of both APIs with fixed
 * bytes, so that it takes as little of the load's core as can be. Wants the credential of `UPSTREAM_KEY`, so that a contestant which
 * forgets to swap it fails.
 */
import type { Socket } from "bun";
import { completeAnswer, plainAnswer, STREAM_PAUSE_MS, streamedAnswer } from "./answers.ts";
import { completeMessage, streamedMessage } from "./messages-answers.ts";
import { type ReadRequest, RequestReader } from "./request-reader.ts";

interface Connection {
  readonly reader: RequestReader;
  /** Bytes that the socket did not take yet. */
  waiting: Buffer[];
  timer: Timer | undefined;
}

/** What is said to the calls of one path. */
interface Served {
  readonly requestLine: string;
  /** Header line that shows the credential, in small letters. */
  readonly credential: string;
  readonly complete: Buffer;
  readonly streamed: readonly Buffer[];
}

const key = (process.env["UPSTREAM_KEY"] ?? "").toLowerCase();
const served: readonly Served[] = [
  {
    requestLine: "POST /v1/chat/completions ",
    credential: `\r\nauthorization: bearer ${key}\r\n`,
    complete: completeAnswer(),
    streamed: streamedAnswer(),
  },
  {
    requestLine: "POST /v1/messages ",
    credential: `\r\nx-api-key: ${key}\r\n`,
    complete: completeMessage(),
    streamed: streamedMessage(),
  },
];
const healthy = plainAnswer("200 OK", "text/plain", "ok");
const unknownPath = plainAnswer(
  "404 Not Found",
  "text/plain",
  "only POST /v1/chat/completions and /v1/messages are served",
);
const refused = plainAnswer("401 Unauthorized", "text/plain", "wrong credential");
const chunkedRequest = plainAnswer("411 Length Required", "text/plain", "send a content-length");

Bun.listen<Connection>({
  hostname: "127.0.0.1",
  port: Number(process.env["PORT"]),
  socket: {
    open(socket) {
      socket.data = { reader: new RequestReader(), waiting: [], timer: undefined };
    },
    data(socket, bytes) {
      try {
        for (const request of socket.data.reader.read(bytes)) answer(socket, request);
      } catch {
        send(socket, chunkedRequest);
        socket.end();
      }
    },
    drain(socket) {
      for (const bytes of socket.data.waiting.splice(0)) send(socket, bytes);
    },
    close: (socket) => clearTimeout(socket.data.timer),
    error: (socket) => clearTimeout(socket.data.timer),
  },
});

function answer(socket: Socket<Connection>, request: ReadRequest): void {
  if (request.head.startsWith("GET /healthz ")) return send(socket, healthy);
  const api = served.find(({ requestLine }) => request.head.startsWith(requestLine));
  if (api === undefined) send(socket, unknownPath);
  else if (!`${request.head}\r\n`.toLowerCase().includes(api.credential)) send(socket, refused);
  else if (request.body.includes('"stream":true')) sendPiece(socket, api.streamed, 0);
  else send(socket, api.complete);
}

function sendPiece(socket: Socket<Connection>, pieces: readonly Buffer[], index: number): void {
  const piece = pieces[index];
  if (piece === undefined) return;
  send(socket, piece);
  socket.data.timer = setTimeout(sendPiece, STREAM_PAUSE_MS, socket, pieces, index + 1);
}

function send(socket: Socket<Connection>, bytes: Buffer): void {
  const { waiting } = socket.data;
  if (waiting.length > 0) {
    waiting.push(bytes);
    return;
  }
  const written = socket.write(bytes);
  if (written >= 0 && written < bytes.length) waiting.push(bytes.subarray(written));
}

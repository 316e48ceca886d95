import { createServer, type Socket } from "node:net";
import { afterTest } from "../../../support/after-test.ts";

/** The key of RFC 6455, 1.3, and what a server has to answer to it. */
export const sampleKey = "dGhlIHNhbXBsZSBub25jZQ==";
export const sampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/** Agrees to a handshake with the sample key. */
export const agreement: string =
  `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Accept: ${sampleAccept}\r\n\r\n`;

/** A handshake with the sample key, with more header lines. */
export function handshake(lines: string, path = "/shop/room"): string {
  return (
    `GET ${path} HTTP/1.1\r\nhost: gateway.test\r\nconnection: keep-alive, Upgrade\r\nupgrade: WebSocket\r\n` +
    `sec-websocket-key: ${sampleKey}\r\nsec-websocket-version: 13\r\n${lines}\r\n`
  );
}

/** One connection as a server sees it. */
export class RawPeer {
  /** Everything that has come, as latin1. */
  received = "";
  bytes = 0;
  /** Whether the other side has said that nothing more comes. */
  hasEnded = false;
  isClosed = false;
  readonly socket: Socket;
  #wake: () => void = () => {};

  constructor(socket: Socket, keeps: boolean) {
    this.socket = socket;
    socket.on("data", (piece) => {
      this.bytes += piece.length;
      if (keeps) this.received += piece.toString("latin1");
      this.#wake();
    });
    socket.on("end", () => {
      this.hasEnded = true;
      this.#wake();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  /** What has come after the head. */
  get tunnelled(): string {
    const end = this.received.indexOf("\r\n\r\n");
    return end < 0 ? "" : this.received.slice(end + 4);
  }

  send(text: string): void {
    this.socket.write(text, "latin1");
  }

  /** Waits until something holds of it. */
  async until(condition: (peer: RawPeer) => boolean): Promise<void> {
    while (!condition(this)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** A server over TCP that says what a test makes it say. */
export interface RawSocketServer {
  readonly origin: string;
  /** Connections so far. */
  readonly peers: readonly RawPeer[];
  /** The connection of that index, once its request's head has come. */
  readonly asked: (index?: number) => Promise<RawPeer>;
  readonly stop: () => void;
}

/**
 * Starts a server that ends with the test.
 * @param answer what it says to each head at once; absent: the test does it
 * @param keeps whether what comes is kept to be looked at; otherwise it is only counted
 */
export function startRawSocketServer(answer?: string, keeps = true): Promise<RawSocketServer> {
  const peers: RawPeer[] = [];
  let wake: () => void = () => {};
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const peer = new RawPeer(socket, keeps);
    peers.push(peer);
    wake();
    if (answer !== undefined) socket.once("data", () => peer.send(answer));
  });
  const stop = (): void => {
    server.close();
    for (const { socket } of peers) socket.destroy();
  };
  afterTest(stop);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({
        origin: `http://127.0.0.1:${port}`,
        peers,
        stop,
        async asked(index = 0) {
          while (peers[index] === undefined) {
            await new Promise<void>((next) => {
              wake = next;
            });
          }
          const peer = peers[index] as RawPeer;
          await peer.until(({ bytes }) => bytes > 0);
          return peer;
        },
      });
    });
  });
}

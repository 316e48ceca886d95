import { afterTest } from "../../../support/after-test.ts";
import type { GatewayFixture } from "../../../support/gateway-fixture.ts";

/** How a client connects. */
export interface SocketClientOptions {
  readonly path?: string;
  readonly protocols?: readonly string[];
  /** Instead of the gateway's key in a header. */
  readonly headers?: Record<string, string>;
}

/** A WebSocket client whose messages wait to be taken. */
export class SocketClient {
  readonly socket: WebSocket;
  readonly opened: Promise<void>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #messages: (string | Uint8Array)[] = [];
  #wake: () => void = () => {};
  #isClosed = false;

  constructor({ url, key }: Pick<GatewayFixture, "url" | "key">, options: SocketClientOptions = {}) {
    const { path = "/shop/echo", protocols = [], headers = { "x-api-key": key } } = options;
    this.socket = new WebSocket(url.replace("http", "ws") + path, { protocols: [...protocols], headers });
    this.socket.binaryType = "arraybuffer";
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<{ code: number; reason: string }>();
    this.opened = opened.promise;
    this.closed = closed.promise;
    this.socket.onopen = () => opened.resolve();
    this.socket.onerror = () => opened.reject(new Error("no connection"));
    this.opened.catch(() => {});
    this.socket.onclose = ({ code, reason }) => {
      this.#isClosed = true;
      closed.resolve({ code, reason });
      this.#wake();
    };
    this.socket.onmessage = ({ data }) => {
      this.#messages.push(typeof data === "string" ? data : new Uint8Array(data as ArrayBuffer));
      this.#wake();
    };
    afterTest(() => this.socket.terminate());
  }

  /** The next message; rejects when the connection ends before. */
  async next(): Promise<string | Uint8Array> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      if (this.#isClosed) throw new Error("closed");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Sends and answers what comes back. */
  ask(message: string | Uint8Array<ArrayBuffer>): Promise<string | Uint8Array> {
    this.socket.send(message);
    return this.next();
  }

  /** Closes and waits for it. */
  async leave(code = 1000, reason = ""): Promise<void> {
    this.socket.close(code, reason);
    await this.closed;
  }
}

/** Connects and waits until the connection stands. */
export async function connectSocket(
  gateway: Pick<GatewayFixture, "url" | "key">,
  options: SocketClientOptions = {},
): Promise<SocketClient> {
  const client = new SocketClient(gateway, options);
  await client.opened;
  return client;
}

import type { Socket } from "bun";
import { JoinRoom } from "../http/socket-writer.ts";
import { SweepList } from "../kernel/sweep-list.ts";
import { BodyDeadlines } from "./body-deadlines.ts";
import type { ConnectionOwner } from "./connection-owner.ts";
import { FrontConnection } from "./front-connection.ts";
import type { FrontHandler } from "./front-handler.ts";
import { FRONT_TIMING, type FrontTiming } from "./front-timing.ts";

/** Where to listen. */
export interface FrontOptions {
  readonly hostname: string;
  /** Several threads listen on the same one. */
  readonly port: number;
  /** Time limits other than the usual ones. */
  readonly timing?: Partial<FrontTiming>;
}

/** `reusePort` works as it does in `Bun.serve`, but the types leave it out. */
type SharedListenOptions = Bun.TCPSocketListenOptions<FrontConnection> & { readonly reusePort: true };

/** Milliseconds that the `date` header is old at most. */
const DATE_MS = 1_000;

const socketHandlers = {
  binaryType: "uint8array" as const,
  data: (socket: Socket<FrontConnection>, bytes: Uint8Array): void => socket.data.onBytes(bytes),
  drain: (socket: Socket<FrontConnection>): void => socket.data.onDrain(),
  end: (socket: Socket<FrontConnection>): void => socket.data.onEnd(),
  close: (socket: Socket<FrontConnection>): void => socket.data.onClosed(),
  error: (socket: Socket<FrontConnection>): void => socket.data.onClosed(),
};

/**
 * The HTTP/1.1 server of one thread, on a plain socket: what `Bun.serve` does beyond reading and writing costs more than
 * the gateway's own work, and it answers malformed requests by itself, which are then seen by nobody.
 */
export class FrontListener implements ConnectionOwner {
  readonly handler: FrontHandler;
  readonly deadlines = new BodyDeadlines();
  readonly room = new JoinRoom();
  isDraining = false;
  readonly #connections = new Set<FrontConnection>();
  readonly timing: FrontTiming;
  readonly #sweeps: SweepList<FrontConnection>;
  readonly #listener: Bun.TCPSocketListener<FrontConnection>;
  #emptied: (() => void) | undefined;
  #dateLine = "";
  #dateTimer: ReturnType<typeof setTimeout> | undefined;

  /** @throws Error of Bun when the address cannot be used. */
  constructor({ hostname, port, timing }: FrontOptions, handler: FrontHandler) {
    this.handler = handler;
    this.timing = { ...FRONT_TIMING, ...timing };
    this.#sweeps = new SweepList(this.timing.sweepMs, (connection, now) => connection.sweep(now));
    const options: SharedListenOptions = {
      hostname,
      port,
      reusePort: true,
      socket: { ...socketHandlers, open: (socket) => this.#open(socket) },
    };
    this.#listener = Bun.listen(options);
  }

  get port(): number {
    return this.#listener.port;
  }

  /** Connections at this moment. */
  get open(): number {
    return this.#connections.size;
  }

  get dateLine(): string {
    if (this.#dateLine === "") {
      this.#dateLine = `date: ${new Date().toUTCString()}\r\n`;
      this.#dateTimer = setTimeout(() => {
        this.#dateLine = "";
      }, DATE_MS);
      this.#dateTimer.unref();
    }
    return this.#dateLine;
  }

  onGone(connection: FrontConnection): void {
    this.#sweeps.remove(connection);
    this.#connections.delete(connection);
    if (this.#connections.size === 0) this.#emptied?.();
  }

  /** Takes no more connections, closes those without a request, and resolves when all others have had their reply. */
  drain(): Promise<void> {
    this.isDraining = true;
    this.#listener.stop();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#emptied = resolve;
    for (const connection of [...this.#connections]) connection.drain();
    if (this.#connections.size === 0) resolve();
    return promise;
  }

  /** Cuts what is left. */
  close(): void {
    for (const connection of [...this.#connections]) connection.destroy();
    clearTimeout(this.#dateTimer);
    this.#listener.stop(true);
  }

  #open(socket: Socket<FrontConnection>): void {
    const connection = new FrontConnection(socket, this);
    socket.data = connection;
    this.#connections.add(connection);
    this.#sweeps.add(connection);
  }
}

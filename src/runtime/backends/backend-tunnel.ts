import { hasId } from "../../artifact/grant.ts";
import type { ReplySink, Tunnel } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { TunnelHandle, TunnelReceiver } from "../../upstream/upstream.ts";
import type { Call } from "../call.ts";
import type { KeyEntry } from "../key-table.ts";
import type { OpenTunnel, OpenTunnels } from "../open-tunnels.ts";
import { backendFault } from "./backend-fault.ts";

/**
 * A caller and a server of a backend, joined: bytes pass both ways as they come, at the pace of whoever is slower. When
 * one of the two leaves, the other gets what has come for it and is let go.
 */
export class BackendTunnel implements Tunnel, OpenTunnel, Omit<TunnelReceiver, "onHead"> {
  onRoom: (() => void) | undefined;
  readonly call: Call;
  readonly isFor: (key: KeyEntry) => boolean;
  readonly #handle: TunnelHandle;
  readonly #open: OpenTunnels;
  /** What came before the caller's side was ready. */
  #held: Uint8Array[] = [];
  #sink: ReplySink | undefined;
  #isOver = false;

  /** @param backend its id, for grants */
  constructor(call: Call, backend: number, handle: TunnelHandle, open: OpenTunnels) {
    this.call = call;
    this.#handle = handle;
    this.#open = open;
    this.isFor = ({ grant }) => hasId(grant.backends, backend);
    open.add(this);
  }

  start(sink: ReplySink): void {
    for (const chunk of this.#held.splice(0)) this.#pass(sink, chunk);
    if (this.#isOver) sink.close();
    else this.#sink = sink;
  }

  pause(): void {
    this.#handle.pause();
  }

  resume(): void {
    this.#handle.resume();
  }

  take(bytes: Uint8Array): boolean {
    if (this.#isOver) return true;
    this.call.requestBytes += bytes.length;
    return this.#handle.write(bytes);
  }

  leave(): void {
    if (this.#isOver) return;
    this.#finish(undefined);
    this.#handle.end();
  }

  /** Ends it on the gateway's behalf: both sides get what has come for them. */
  close(error: LatchkeyError): void {
    if (this.#isOver) return;
    this.#finish(error);
    this.#handle.end();
    this.#sink?.close();
  }

  onData(chunk: Uint8Array): void {
    if (this.#sink === undefined) this.#held.push(chunk);
    else this.#pass(this.#sink, chunk);
  }

  onDrain(): void {
    this.onRoom?.();
  }

  onEnd(): void {
    this.#finish(undefined);
    this.#sink?.close();
  }

  onError(error: LatchkeyError): void {
    this.#finish(error.code === "LK-3005" ? new LatchkeyError("LK-3112") : backendFault(error));
    this.#sink?.close();
  }

  #pass(sink: ReplySink, chunk: Uint8Array): void {
    this.call.responseBytes += chunk.length;
    sink.write(chunk);
    sink.flush();
  }

  #finish(error: LatchkeyError | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#open.remove(this);
    this.call.error = error;
    this.call.finish(101);
  }
}

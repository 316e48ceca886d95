import type { FromThread, ToThread } from "./protocol.ts";

/** The supervisor's side of one serving thread: messages out, the awaited answer back. */
export class Thread {
  /** Resolves when the thread is gone, wanted or not. */
  readonly gone: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<FromThread["type"], (message: FromThread) => void>();
  #isGone = false;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.gone = promise;
    this.#worker = new Worker(new URL("./thread-main.ts", import.meta.url));
    this.#worker.onmessage = (event: MessageEvent<FromThread>) => this.#receive(event.data);
    this.#worker.addEventListener("close", () => {
      this.#isGone = true;
      resolve();
    });
    // An uncaught error ends the thread; `close` follows.
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#worker.terminate();
    };
  }

  /** Whether the thread has ended. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Sends a message that nothing answers. */
  send(message: ToThread, transfer: MessagePort[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** Sends a message and waits for one of the answers named; `undefined` when the thread ends instead. */
  async ask<Type extends FromThread["type"]>(
    message: ToThread,
    types: readonly Type[],
    transfer: MessagePort[] = [],
  ): Promise<Extract<FromThread, { type: Type }> | undefined> {
    const { promise, resolve } = Promise.withResolvers<FromThread>();
    for (const type of types) this.#waiting.set(type, resolve);
    this.send(message, transfer);
    const answer = await Promise.race([promise, this.gone]);
    for (const type of types) this.#waiting.delete(type);
    return answer as Extract<FromThread, { type: Type }> | undefined;
  }

  /** Ends the thread at once. */
  terminate(): void {
    this.#worker.terminate();
  }

  #receive(message: FromThread): void {
    this.#waiting.get(message.type)?.(message);
  }
}

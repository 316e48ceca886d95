import type { FromThread, ToThread } from "./protocol.ts";

/** Milliseconds after which a thread that has crashed is ended, also when calls are still under way. */
const CRASH_LIMIT_MS = 10_000;

/** Why a thread does not serve any more. */
export interface ThreadEnd {
  readonly reason: string;
  readonly stack: string | null;
  /** Whether it could not hand over what it had not written to the call log yet. */
  readonly sudden: boolean;
}

/** The supervisor's side of one serving thread: messages out, the awaited answer back. */
export class Thread {
  /** Resolves when the thread does not serve any more, wanted or not; calls under way may still come to an end. */
  readonly ended: Promise<ThreadEnd>;
  /** Resolves when the thread is gone. */
  readonly gone: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<FromThread["type"], (message: FromThread) => void>();
  readonly #end: (end: ThreadEnd) => void;
  #hasEnded = false;
  #lostRows = 0;
  #failure: string | undefined;

  constructor() {
    const ended = Promise.withResolvers<ThreadEnd>();
    const gone = Promise.withResolvers<void>();
    this.ended = ended.promise;
    this.gone = gone.promise;
    this.#end = (end) => {
      this.#hasEnded = true;
      ended.resolve(end);
    };
    this.#worker = new Worker(new URL("./thread-main.ts", import.meta.url));
    this.#worker.onmessage = (event: MessageEvent<FromThread>) => this.#receive(event.data);
    this.#worker.addEventListener("close", () => {
      this.#end({ reason: this.#failure ?? "it ended by itself", stack: null, sudden: true });
      gone.resolve();
    });
    // Code that cannot be loaded ends the thread; `close` follows.
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#failure = event.message;
      this.#worker.terminate();
    };
  }

  /** Whether the thread does not serve any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Rows of the call log that it has lost; known when it has let its calls end. */
  get lostRows(): number {
    return this.#lostRows;
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
    const answer = await Promise.race([promise, this.ended.then(() => undefined)]);
    for (const type of types) this.#waiting.delete(type);
    return answer as Extract<FromThread, { type: Type }> | undefined;
  }

  /** Ends the thread at once. */
  terminate(): void {
    this.#worker.terminate();
  }

  #receive(message: FromThread): void {
    if (message.type === "drained") this.#lostRows = message.lostRows;
    if (message.type === "crashed") this.#crash(message);
    else if (message.type === "drained" && this.#hasEnded) this.#worker.terminate();
    else this.#waiting.get(message.type)?.(message);
  }

  #crash({ reason, stack }: Extract<FromThread, { type: "crashed" }>): void {
    this.#end({ reason, stack, sudden: false });
    const timer = setTimeout(() => this.#worker.terminate(), CRASH_LIMIT_MS);
    void this.gone.then(() => clearTimeout(timer));
  }
}

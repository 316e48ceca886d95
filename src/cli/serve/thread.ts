import { BEAT_MS, Heartbeat } from "./heartbeat.ts";
import type { FromThread, ToThread } from "./protocol.ts";

/** Milliseconds after which a thread that has crashed is ended, also when calls are still under way. */
const CRASH_LIMIT_MS = 10_000;

/** Milliseconds that a thread may take for what it is asked; `drain` has them beside its own time. */
const ASK_LIMIT_MS: Readonly<Record<ToThread["type"], number>> = {
  start: 30_000,
  prepare: 60_000,
  rows: 30_000,
  change: 30_000,
  "report-uses": 30_000,
  commit: 30_000,
  discard: 30_000,
  drain: 10_000,
  ping: 1_000,
};

/** Why a thread does not serve any more. */
export interface ThreadEnd {
  readonly reason: string;
  readonly stack: string | null;
  /** Whether it could not hand over what it had not written to the call log yet. */
  readonly sudden: boolean;
  /** Whether it was ended because it did not answer; its calls are lost then. */
  readonly stuck: boolean;
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
  readonly #heartbeat = new Heartbeat(() => this.send({ type: "ping" }));
  readonly #beat: ReturnType<typeof setInterval>;
  /** Who waits for a sign of life. */
  readonly #watchers: (() => void)[] = [];
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
      clearInterval(this.#beat);
      ended.resolve(end);
    };
    this.#worker = new Worker(new URL("./thread-main.ts", import.meta.url));
    this.#worker.onmessage = (event: MessageEvent<FromThread>) => this.#receive(event.data);
    this.#worker.addEventListener("close", () => {
      this.#end({
        ...{ reason: this.#failure ?? "it ended by itself", stack: null },
        ...{ sudden: true, stuck: false },
      });
      gone.resolve();
    });
    // Code that cannot be loaded ends the thread; `close` follows.
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#failure = event.message;
      this.#worker.terminate();
    };
    this.#beat = setInterval(() => {
      if (this.#heartbeat.look()) this.giveUp("it has not answered for too long");
    }, BEAT_MS);
    this.#beat.unref();
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

  /**
   * Sends a message and waits for one of the answers named; `undefined` when the thread ends instead. One that takes
   * too long is given up.
   */
  async ask<Type extends FromThread["type"]>(
    message: ToThread,
    types: readonly Type[],
    transfer: MessagePort[] = [],
  ): Promise<Extract<FromThread, { type: Type }> | undefined> {
    const { promise, resolve } = Promise.withResolvers<FromThread>();
    for (const type of types) this.#waiting.set(type, resolve);
    const limitMs = ASK_LIMIT_MS[message.type] + (message.type === "drain" ? message.withinMs : 0);
    const timer = setTimeout(
      () => this.giveUp(`it has not done in ${limitMs / 1_000} s what "${message.type}" asks for`),
      limitMs,
    );
    this.#heartbeat.isPreparing = message.type === "prepare" || message.type === "start";
    this.send(message, transfer);
    const answer = await Promise.race([promise, this.ended.then(() => undefined)]);
    clearTimeout(timer);
    this.#heartbeat.isPreparing = false;
    for (const type of types) this.#waiting.delete(type);
    return answer as Extract<FromThread, { type: Type }> | undefined;
  }

  /** Resolves when the thread shows that it can answer, or has ended. */
  async showsLife(): Promise<void> {
    if (this.#hasEnded) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#watchers.push(resolve);
    this.send({ type: "ping" });
    await Promise.race([promise, this.ended]);
  }

  /** Ends a thread that does not come back, with the calls that are on it. */
  giveUp(reason: string): void {
    if (this.#hasEnded) return;
    this.#end({ reason, stack: null, sudden: true, stuck: true });
    this.#worker.terminate();
  }

  /** Ends the thread at once. */
  terminate(): void {
    this.#worker.terminate();
  }

  #receive(message: FromThread): void {
    if (message.type === "pong") this.#showLife();
    if (message.type === "drained") this.#lostRows = message.lostRows;
    if (message.type === "crashed") this.#crash(message);
    else if (message.type === "drained" && this.#hasEnded) this.#worker.terminate();
    else this.#waiting.get(message.type)?.(message);
  }

  #showLife(): void {
    this.#heartbeat.answered();
    for (const tell of this.#watchers.splice(0)) tell();
  }

  #crash({ reason, stack }: Extract<FromThread, { type: "crashed" }>): void {
    this.#end({ reason, stack, sudden: false, stuck: false });
    const timer = setTimeout(() => this.#worker.terminate(), CRASH_LIMIT_MS);
    void this.gone.then(() => clearTimeout(timer));
  }
}

import type { CallBatch, OwnerNotice, WriterAnswer } from "./call-log-protocol.ts";

/** Who is told what became of the batches. */
export interface BatchLineEvents {
  /** A batch was not stored; its rows are lost and have to be told of. */
  readonly onFailed: (batch: CallBatch, problem: string) => void;
}

/** Writers that may end while a batch is with them before it is given up: it may be what ends them. */
const MAX_SENDS = 3;
/** Batches that are with the writer at a time; the others wait here, out of reach of what may end it. */
const WINDOW = 8;

interface SentBatch {
  readonly batch: CallBatch;
  sends: number;
}

interface Waiter {
  /** Number of the last batch that is waited for. */
  readonly batch: number;
  readonly resolve: () => void;
}

/**
 * The way of batches from one sink to the writer, over whichever writer there is. A batch is kept until it is
 * answered for; a new writer first tells what the one before has stored, and the rest is sent again.
 */
export class BatchLine {
  readonly #control: MessagePort;
  readonly #events: BatchLineEvents;
  #writer: MessagePort | undefined;
  #isReady = false;
  #isClosed = false;
  /** The oldest first; the first `#posted` of them are with the writer. */
  #unanswered: SentBatch[] = [];
  #posted = 0;
  #rows = 0;
  #lastNumber = 0;
  #waiters: Waiter[] = [];

  constructor(control: MessagePort, events: BatchLineEvents) {
    this.#control = control;
    this.#events = events;
    control.onmessage = ({ data }: { readonly data: OwnerNotice }) => {
      if (data.type === "writer") this.#useWriter(data.port);
      else this.#close();
    };
    // Serving, not logging, is what keeps a thread alive.
    control.unref();
  }

  /** Rows that were sent and not answered for. */
  get rows(): number {
    return this.#rows;
  }

  /** Whether every batch is answered for. */
  get isSettled(): boolean {
    return this.#unanswered.length === 0;
  }

  /** Whether batches can no longer be stored. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends a batch. */
  send(content: Omit<CallBatch, "number">): void {
    const batch = { ...content, number: ++this.#lastNumber };
    if (this.#isClosed) return this.#events.onFailed(batch, CLOSED);
    this.#unanswered.push({ batch, sends: 0 });
    this.#rows += batch.rows;
    this.#post();
  }

  /** Resolves when all batches that were sent so far are answered for. */
  async settled(): Promise<void> {
    if (this.#unanswered.length === 0) return;
    this.#keepAlive(true);
    await new Promise<void>((resolve) => this.#waiters.push({ batch: this.#lastNumber, resolve }));
  }

  #useWriter(port: MessagePort): void {
    this.#writer?.close();
    this.#writer = port;
    this.#isReady = false;
    port.onmessage = ({ data }: { readonly data: WriterAnswer }) => {
      // A writer that was replaced may have answers on the way; the new one's first answer covers them.
      if (port === this.#writer) this.#answered(data);
    };
    if (this.#waiters.length === 0) port.unref();
  }

  #answered(answer: WriterAnswer): void {
    switch (answer.type) {
      case "ready":
        this.#take((batch) => batch.number <= answer.batch);
        this.#posted = 0;
        this.#giveUp();
        this.#isReady = true;
        break;
      case "stored":
        this.#take((batch) => batch.number <= answer.batch);
        break;
      case "failed":
        this.#fail((batch) => batch.number === answer.batch, answer.problem);
        break;
      case "closed":
        return this.#close();
    }
    this.#post();
    this.#wake();
  }

  #post(): void {
    if (!this.#isReady) return;
    for (let sent = this.#next(); sent !== undefined; sent = this.#next()) {
      sent.sends++;
      this.#posted++;
      this.#writer?.postMessage(sent.batch);
    }
  }

  #next(): SentBatch | undefined {
    return this.#posted < WINDOW ? this.#unanswered[this.#posted] : undefined;
  }

  #giveUp(): void {
    const hopeless = this.#unanswered.filter(({ sends }) => sends >= MAX_SENDS).map(({ batch }) => batch);
    this.#fail((batch) => hopeless.includes(batch), `the writer ended ${MAX_SENDS} times while storing it`);
  }

  #fail(which: (batch: CallBatch) => boolean, problem: string): void {
    for (const batch of this.#take(which)) this.#events.onFailed(batch, problem);
  }

  #take(which: (batch: CallBatch) => boolean): readonly CallBatch[] {
    const taken: CallBatch[] = [];
    const kept: SentBatch[] = [];
    let posted = 0;
    for (const [index, sent] of this.#unanswered.entries()) {
      if (which(sent.batch)) taken.push(sent.batch);
      else {
        kept.push(sent);
        if (index < this.#posted) posted++;
      }
    }
    this.#unanswered = kept;
    this.#posted = posted;
    for (const batch of taken) this.#rows -= batch.rows;
    return taken;
  }

  #close(): void {
    this.#isClosed = true;
    this.#fail(() => true, CLOSED);
    this.#wake();
    this.#writer?.close();
    this.#control.close();
  }

  #wake(): void {
    const oldest = this.#unanswered[0]?.batch.number ?? Number.POSITIVE_INFINITY;
    const done = this.#waiters.filter(({ batch }) => batch < oldest);
    this.#waiters = this.#waiters.filter(({ batch }) => batch >= oldest);
    for (const { resolve } of done) resolve();
    if (done.length > 0 && this.#waiters.length === 0) this.#keepAlive(false);
  }

  /** While someone waits, the answers keep the thread alive. */
  #keepAlive(wanted: boolean): void {
    for (const port of [this.#control, this.#writer]) wanted ? port?.ref() : port?.unref();
  }
}

const CLOSED = "the call log is closed";

import type { ReplyProducer, ReplySink } from "../http/exchange.ts";

/** Where a streamed reply goes. */
export interface StreamOutlet {
  /** Writes text, bytes and text. Answers whether everything has left. */
  readonly write: (before: string, bytes: Uint8Array, after: string) => boolean;
  readonly onStreamEnd: () => void;
  /** Cuts the connection. */
  readonly destroy: () => void;
}

const NOTHING = new Uint8Array();

/** Pieces are gathered up to this size before they leave by themselves. */
const GATHERED_BYTES = 16 * 1024;

/** A reply that is made piece by piece. */
export class StreamedReply implements ReplySink {
  readonly #producer: ReplyProducer;
  readonly #outlet: StreamOutlet;
  readonly #isChunked: boolean;
  /** What has to leave before the next piece. */
  #before: string;
  #pieces: Uint8Array[] = [];
  #gathered = 0;
  #isPaused = false;
  #isOver = false;

  constructor(producer: ReplyProducer, outlet: StreamOutlet, head: string, isChunked: boolean) {
    this.#producer = producer;
    this.#outlet = outlet;
    this.#before = head;
    this.#isChunked = isChunked;
  }

  start(): void {
    this.#producer.start(this);
    if (!this.#isOver) this.flush();
  }

  write(bytes: Uint8Array): void {
    if (this.#isOver || bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#gathered += bytes.length;
    if (this.#gathered >= GATHERED_BYTES) this.flush();
  }

  flush(): void {
    if (!this.#isOver) this.#send("");
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#send(this.#isChunked ? "0\r\n\r\n" : "");
    this.#outlet.onStreamEnd();
  }

  fail(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#outlet.destroy();
  }

  resume(): void {
    if (!this.#isPaused || this.#isOver) return;
    this.#isPaused = false;
    this.#producer.resume();
  }

  leave(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#producer.leave();
  }

  #send(last: string): void {
    const [first] = this.#pieces;
    const bytes =
      first === undefined ? NOTHING : this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces);
    let before = this.#before;
    let after = last;
    if (bytes.length > 0) {
      this.#pieces = [];
      this.#gathered = 0;
      if (this.#isChunked) {
        before += `${bytes.length.toString(16)}\r\n`;
        after = `\r\n${last}`;
      }
    }
    if (before === "" && bytes.length === 0 && after === "") return;
    this.#before = "";
    const isOut = this.#outlet.write(before, bytes, after);
    if (isOut || this.#isPaused || this.#isOver) return;
    this.#isPaused = true;
    this.#producer.pause();
  }
}

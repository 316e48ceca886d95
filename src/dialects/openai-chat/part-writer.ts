import type { Citation, ImagePart, Signature, VendorPart } from "../../canonical/content.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";

/** Tells the parts of one choice of a stream, one after the other. */
export class PartWriter {
  readonly #choice: number;
  readonly #emit: (event: StreamEvent) => void;
  #open: StreamedPart["type"] | undefined;
  /** Whether the part under way is a call whose arguments are a text. */
  #isAnswer = false;
  #parts = 0;
  #onEnd: (() => void) | undefined;

  constructor(choice: number, emit: (event: StreamEvent) => void) {
    this.#choice = choice;
    this.#emit = emit;
  }

  /** Kind of the part under way. */
  get open(): StreamedPart["type"] | undefined {
    return this.#open;
  }

  /** Whether nothing has been told yet. */
  get isEmpty(): boolean {
    return this.#parts === 0;
  }

  /**
   * Begins a part; the one before ends.
   * @param onEnd called before the part ends, for what has to be told of it last
   */
  begin(content: StreamedPart, onEnd?: () => void): void {
    this.end();
    this.#open = content.type;
    this.#isAnswer = content.type === "text" && content.isAnswer === true;
    this.#onEnd = onEnd;
    this.#emit({ type: "part-start", choice: this.#choice, part: this.#parts++, content });
  }

  /** Begins a part unless one of its kind is under way. */
  beginUnlessOpen(content: StreamedPart): void {
    if (this.#open !== content.type || this.#isAnswer) this.begin(content);
  }

  /** Ends the part under way, if any. */
  end(): void {
    if (this.#open === undefined) return;
    const onEnd = this.#onEnd;
    this.#onEnd = undefined;
    onEnd?.();
    this.#open = undefined;
    this.#emit({ type: "part-end", choice: this.#choice, part: this.#parts - 1 });
  }

  /** More words of the part under way. */
  delta(text: string): void {
    if (text !== "") this.#emit({ type: "delta", choice: this.#choice, part: this.#parts - 1, text });
  }

  /** More sound of the part under way. */
  sound(data: string): void {
    if (data !== "") this.#emit({ type: "sound", choice: this.#choice, part: this.#parts - 1, data });
  }

  /** A citation of the part under way. */
  citation(citation: Citation): void {
    this.#emit({ type: "citation", choice: this.#choice, part: this.#parts - 1, citation });
  }

  /** The signature of the part under way. */
  signature(signature: Signature): void {
    this.#emit({ type: "signature", choice: this.#choice, part: this.#parts - 1, signature });
  }

  /** A part that comes whole. */
  whole(content: ImagePart | VendorPart): void {
    this.end();
    this.#emit({ type: "whole-part", choice: this.#choice, part: this.#parts++, content });
  }
}

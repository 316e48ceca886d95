import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { ChoiceEvent } from "./cut-choice.ts";

/**
 * One choice of such a stream. From its first text on all of it is held back, in its order, until the answer's tool is
 * called or the choice ends.
 */
export class OnlyAnswerChoice {
  readonly #emit: (event: StreamEvent) => void;
  /** What is held back; absent where nothing is. */
  #held: ChoiceEvent[] | undefined;
  #hasAnswer = false;
  /** Parts that are not told. */
  readonly #texts = new Set<number>();
  /** By the vendor's number of a part: the number that it is told under. */
  readonly #numbers = new Map<number, number>();
  #parts = 0;

  constructor(emit: (event: StreamEvent) => void) {
    this.#emit = emit;
  }

  take(event: ChoiceEvent): void {
    if (event.type === "part-start" && event.content.type === "text") {
      const isAnswer = event.content.isAnswer === true && !this.#hasAnswer;
      if (isAnswer) this.#begin();
      else {
        this.#texts.add(event.part);
        if (!this.#hasAnswer) this.#held ??= [];
      }
    }
    if (event.type === "finish") this.#release();
    if (this.#held === undefined) this.#tell(event);
    else this.#held.push(event);
  }

  /** Tells what was held back. */
  #release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (!this.#hasAnswer) this.#texts.clear();
    for (const event of held) this.#tell(event);
  }

  /** The tool is called: texts before it will not be told. */
  #begin(): void {
    this.#hasAnswer = true;
    this.#release();
  }

  #tell(event: ChoiceEvent): void {
    // Probabilities are those of the words that are not told.
    if (event.type === "logprobs" && this.#hasAnswer) return;
    if (!("part" in event)) return this.#emit(event);
    if (this.#texts.has(event.part)) return;
    const part = this.#numberOf(event.part);
    const isText = event.type === "part-start" && event.content.type === "text";
    this.#emit(isText ? { ...event, part, content: { type: "text" } } : { ...event, part });
  }

  #numberOf(part: number): number {
    let number = this.#numbers.get(part);
    if (number === undefined) {
      number = this.#parts++;
      this.#numbers.set(part, number);
    }
    return number;
  }
}

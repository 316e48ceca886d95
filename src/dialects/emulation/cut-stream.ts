import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { StreamChange } from "./answer-change.ts";
import { CutChoice } from "./cut-choice.ts";
import type { StopPatterns } from "./stop-matcher.ts";

/**
 * Characters of an answer that are read on, for the usage at its end, after the last choice was stopped. A vendor that
 * writes more is left, and what the call has cost is unknown.
 */
export const maxReadOn = 128 * 1024;

/**
 * Cuts the texts of a streamed answer at stop texts. The rest is read to its end and not told: only there stands what
 * the vendor charges for. An answer that was cut is whole, whatever becomes of the rest.
 */
export class CutStream implements StreamChange {
  readonly #patterns: StopPatterns;
  readonly #count: number;
  readonly #emit: (event: StreamEvent) => void;
  readonly #choices = new Map<number, CutChoice>();
  #isOver = false;

  /** @param choices answers that were asked for */
  constructor(patterns: StopPatterns, choices: number, emit: (event: StreamEvent) => void) {
    this.#patterns = patterns;
    this.#count = choices;
    this.#emit = emit;
  }

  take(event: StreamEvent): void {
    if (this.#isOver) return;
    if ("choice" in event) {
      this.#choice(event.choice).take(event);
      if (this.#cutOff() > maxReadOn) this.#end();
      return;
    }
    if (event.type === "error" && this.#isStopped()) return this.#end();
    if (event.type === "end" || event.type === "error") this.#isOver = true;
    this.#emit(event);
  }

  close(): void {
    if (!this.#isOver && this.#isStopped()) this.#end();
  }

  #choice(index: number): CutChoice {
    let choice = this.#choices.get(index);
    if (choice === undefined) {
      choice = new CutChoice(index, this.#patterns, this.#emit);
      this.#choices.set(index, choice);
    }
    return choice;
  }

  #end(): void {
    this.#isOver = true;
    this.#emit({ type: "end" });
  }

  #isStopped(): boolean {
    const choices = [...this.#choices.values()];
    return choices.length >= this.#count && choices.every(({ isStopped }) => isStopped);
  }

  /** Characters that were not told, where no choice is under way any more. */
  #cutOff(): number {
    let sum = 0;
    for (const { cutOff } of this.#choices.values()) sum += cutOff;
    return sum > maxReadOn && this.#isStopped() ? sum : 0;
  }
}

import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { StreamChange } from "./answer-change.ts";
import type { ChoiceEvent } from "./cut-choice.ts";
import { OnlyAnswerChoice } from "./only-answer-choice.ts";

/** A stream whose structured answer comes through a tool; see `only-answer.ts`. */
export class OnlyAnswerStream implements StreamChange {
  readonly #emit: (event: StreamEvent) => void;
  readonly #choices = new Map<number, OnlyAnswerChoice>();

  constructor(emit: (event: StreamEvent) => void) {
    this.#emit = emit;
  }

  take(event: StreamEvent): void {
    if ("choice" in event) return this.#choice(event).take(event);
    this.#emit(event);
  }

  /** A whole answer has told everything when its choices finished; of one that was cut or has failed nothing more is. */
  close(): void {
    this.#choices.clear();
  }

  #choice({ choice: index }: ChoiceEvent): OnlyAnswerChoice {
    let choice = this.#choices.get(index);
    if (choice === undefined) {
      choice = new OnlyAnswerChoice(this.#emit);
      this.#choices.set(index, choice);
    }
    return choice;
  }
}

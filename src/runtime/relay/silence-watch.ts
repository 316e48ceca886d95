import { SweepList, type Swept } from "../../kernel/sweep-list.ts";

/** Milliseconds between two looks at all streams. */
const BEAT_MS = 5_000;
/** Looks in a row at a stream that has said nothing after which it gives a sign of life: 15 to 20 s of silence. */
const SILENT_BEATS = 3;

/** Watches one stream, at the cost of a flag for each piece of it. */
export class SilenceWatch implements Swept {
  place = -1;
  /** The caller takes nothing at the moment: a sign of life would wait in front of it as well. */
  isPaused = false;
  readonly #onSilence: () => void;
  #hasMoved = false;
  #silentBeats = 0;

  /** @param onSilence called each time that the stream has been silent for long enough */
  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  /** Something was said. */
  moved(): void {
    this.#hasMoved = true;
  }

  beat(): void {
    const isSilent = !this.#hasMoved && !this.isPaused;
    this.#hasMoved = false;
    this.#silentBeats = isSilent ? this.#silentBeats + 1 : 0;
    if (this.#silentBeats < SILENT_BEATS) return;
    this.#silentBeats = 0;
    this.#onSilence();
  }
}

/** All streams that are watched: one timer looks at them together. */
export const silenceWatches = new SweepList<SilenceWatch>(BEAT_MS, (watch) => watch.beat());

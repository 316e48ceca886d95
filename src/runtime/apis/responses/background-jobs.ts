import { LatchkeyError } from "../../../kernel/error.ts";

/** Answers under way in the background at a time, in each thread: of one key, and of all. */
const MOST_OF_KEY = 100;
const MOST = 1_000;

interface Job {
  readonly key: string;
  readonly cancel: () => void;
}

/** Answers that this thread makes in the background, by their ids. */
export class BackgroundJobs {
  readonly #jobs = new Map<string, Job>();

  /** @throws LatchkeyError LK-2118 where too many are under way. */
  begin(key: string, id: string, cancel: () => void): void {
    let own = 0;
    for (const job of this.#jobs.values()) if (job.key === key) own++;
    if (own >= MOST_OF_KEY || this.#jobs.size >= MOST) throw new LatchkeyError("LK-2118");
    this.#jobs.set(id, { key, cancel });
  }

  end(id: string): void {
    this.#jobs.delete(id);
  }

  /** Ends an answer of a key that is under way here; any other is left alone. */
  cancel(key: string, id: string): void {
    const job = this.#jobs.get(id);
    if (job?.key === key) job.cancel();
  }
}

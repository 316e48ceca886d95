/** Lets one at a time work on what has the same name; the others wait in order. */
export class KeyLock {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work when everything before it of the same name has ended, well or not. */
  async hold<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const done = before.then(work);
    const ended = done.catch(() => {});
    this.#last.set(name, ended);
    try {
      return await done;
    } finally {
      if (this.#last.get(name) === ended) this.#last.delete(name);
    }
  }
}

/** A call of the model's in a caller's conversation. */
export interface BookedCall {
  readonly id: string;
  readonly name: string;
}

interface Entry extends BookedCall {
  isAnswered: boolean;
}

/**
 * Ties results to calls, whose ids are often absent: by id, else to the first call of that name that has no result yet,
 * else to the first one at all. Takes the same time however long the conversation is.
 */
export class CallBook {
  readonly #byId = new Map<string, Entry>();
  readonly #byName = new Map<string, OpenCalls>();
  readonly #all = new OpenCalls();

  /** The model has called. */
  add({ id, name }: BookedCall): void {
    const entry = { id, name, isAnswered: false };
    if (!this.#byId.has(id)) this.#byId.set(id, entry);
    const named = this.#byName.get(name) ?? new OpenCalls();
    this.#byName.set(name, named);
    named.entries.push(entry);
    this.#all.entries.push(entry);
  }

  /** The call that a result answers; `undefined` where none waits. */
  answer(id: string | undefined, name: string | undefined): BookedCall | undefined {
    const byId = id === undefined ? undefined : this.#byId.get(id);
    const byName = name === undefined ? undefined : this.#byName.get(name)?.first;
    const entry = byId ?? byName ?? this.#all.first;
    if (entry !== undefined) entry.isAnswered = true;
    return entry;
  }
}

/** Calls in their order, of which those at the front may have been answered. */
class OpenCalls {
  readonly entries: Entry[] = [];
  #next = 0;

  get first(): Entry | undefined {
    while (this.entries[this.#next]?.isAnswered === true) this.#next++;
    return this.entries[this.#next];
  }
}

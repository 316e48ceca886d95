import type { KeptConversations, KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { BackgroundJobs } from "./background-jobs.ts";

/** How much is kept, and for how long. */
export interface ResponsesStateLimits {
  /** Bytes of all keys together. */
  readonly maxBytes: number;
  /** Bytes of one key, so that none drives out what the others keep. */
  readonly maxBytesPerKey: number;
  /** Milliseconds after which a turn that nobody has gone on from is forgotten. */
  readonly ttlMs: number;
}

/** What a turn takes beside its items: ids, maps, the object itself. An estimate, in bytes. */
const OVERHEAD = 400;

interface Entry {
  readonly key: string;
  readonly turn: KeptTurn;
  readonly bytes: number;
  /** Clock reading of the last use. */
  usedMs: number;
}

/** What one key keeps. */
interface Shelf {
  /** By the id of the answer, the longest unused first. */
  readonly turns: Map<string, Entry>;
  /** By the ids of the answers' items. */
  readonly items: Map<string, Entry>;
  bytes: number;
}

/**
 * Turns of conversations that go through the gateway to upstreams which keep none, in memory. What was not used for
 * the longest time goes first, when there is no room or its time is over. A key sees its own turns only.
 */
export class ResponsesState {
  readonly #limits: ResponsesStateLimits;
  readonly #clock: Clock;
  readonly #shelves = new Map<string, Shelf>();
  /** Of all keys, the longest unused first. */
  readonly #entries = new Set<Entry>();
  #bytes = 0;
  /** Answers that are being made in the background by this thread. */
  readonly jobs = new BackgroundJobs();

  constructor(limits: ResponsesStateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Keeps a turn for a key, in place of one with the same name. One that is larger than a key may keep is not kept:
   * nobody can go on from it. Answers whether it is kept.
   */
  keep(key: string, turn: KeptTurn): boolean {
    this.#forgetOld();
    const bytes = turn.items.length + (turn.response?.length ?? 0) + OVERHEAD;
    const known = this.#shelves.get(key)?.turns.get(turn.id);
    if (known !== undefined) this.#forget(known);
    const { maxBytes, maxBytesPerKey } = this.#limits;
    if (bytes > Math.min(maxBytes, maxBytesPerKey)) return false;
    const shelf = this.#shelf(key);
    const entry = { key, turn, bytes, usedMs: this.#clock.monotonic() };
    shelf.turns.set(turn.id, entry);
    for (const id of turn.itemIds) shelf.items.set(id, entry);
    shelf.bytes += bytes;
    this.#entries.add(entry);
    this.#bytes += bytes;
    while (shelf.bytes > maxBytesPerKey) this.#forgetFirst(shelf.turns.values());
    while (this.#bytes > maxBytes) this.#forgetFirst(this.#entries.values());
    return true;
  }

  /** Forgets the turn of an answer. */
  forget(key: string, answerId: string): void {
    const entry = this.#shelves.get(key)?.turns.get(answerId);
    if (entry !== undefined) this.#forget(entry);
  }

  /** What a key has kept. Looking a turn up is using it. */
  of(key: string): KeptConversations {
    return {
      upTo: (answerId) => this.#upTo(key, answerId),
      withItem: (itemId) => this.find(key, itemId),
    };
  }

  /** The turn whose answer, or an item of whose answer, has an id. */
  find(key: string, id: string): KeptTurn | undefined {
    this.#forgetOld();
    const shelf = this.#shelves.get(key);
    const entry = shelf?.turns.get(id) ?? shelf?.items.get(id);
    if (entry !== undefined) this.#use(entry);
    return entry?.turn;
  }

  #upTo(key: string, answerId: string): readonly KeptTurn[] | undefined {
    this.#forgetOld();
    const turns = this.#shelves.get(key)?.turns;
    const found: Entry[] = [];
    const seen = new Set<string>();
    let id: string | undefined = answerId;
    while (id !== undefined) {
      const entry: Entry | undefined = seen.has(id) ? undefined : turns?.get(id);
      if (entry === undefined || entry.turn.isUnderWay === true) return undefined;
      seen.add(id);
      found.push(entry);
      id = entry.turn.previous;
    }
    found.reverse();
    for (const entry of found) this.#use(entry);
    return found.map(({ turn }) => turn);
  }

  #use(entry: Entry): void {
    entry.usedMs = this.#clock.monotonic();
    this.#entries.delete(entry);
    this.#entries.add(entry);
    const turns = this.#shelf(entry.key).turns;
    turns.delete(entry.turn.id);
    turns.set(entry.turn.id, entry);
  }

  #shelf(key: string): Shelf {
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) {
      shelf = { turns: new Map(), items: new Map(), bytes: 0 };
      this.#shelves.set(key, shelf);
    }
    return shelf;
  }

  #forgetOld(): void {
    const oldest = this.#clock.monotonic() - this.#limits.ttlMs;
    for (const entry of this.#entries) {
      if (entry.usedMs > oldest) return;
      this.#forget(entry);
    }
  }

  #forgetFirst(entries: Iterator<Entry>): void {
    const { value } = entries.next();
    if (value !== undefined) this.#forget(value);
  }

  #forget(entry: Entry): void {
    const shelf = this.#shelf(entry.key);
    shelf.turns.delete(entry.turn.id);
    for (const id of entry.turn.itemIds) if (shelf.items.get(id) === entry) shelf.items.delete(id);
    shelf.bytes -= entry.bytes;
    this.#entries.delete(entry);
    this.#bytes -= entry.bytes;
    if (shelf.turns.size === 0) this.#shelves.delete(entry.key);
  }
}

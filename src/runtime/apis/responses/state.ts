import type { KeptConversations, KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { BackgroundJobs } from "./background-jobs.ts";
import type { EventLog } from "./event-log.ts";
import { HandedIds } from "./handed-ids.ts";

/** How much is kept, and for how long. */
export interface ResponsesStateLimits {
  /** Bytes of all keys together. */
  readonly maxBytes: number;
  /** Bytes of one key, so that none drives out what the others keep. */
  readonly maxBytesPerKey: number;
  /** Milliseconds after which a turn that nobody has gone on from is forgotten. */
  readonly ttlMs: number;
}

/** Bounds of the ids that are remembered, in each thread: OpenAI keeps answers for 30 days. */
const HANDED = { maxIds: 400_000, maxIdsPerKey: 20_000, ttlMs: 30 * 24 * 60 * 60 * 1000 };

/** What a turn takes beside its items: ids, maps, the object itself. An estimate, in bytes. */
const OVERHEAD = 400;

interface Entry {
  readonly key: string;
  readonly turn: KeptTurn;
  /** The events of an answer that is streamed in the background. */
  readonly log: EventLog | undefined;
  bytes: number;
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
 * Turns of conversations that go through the gateway, in memory. What was not used for
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
  /** What vendors keep, by the key that was told of it. */
  readonly handed: HandedIds;

  constructor(limits: ResponsesStateLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.handed = new HandedIds(HANDED, clock);
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Keeps a turn for a key, in place of one with the same name. One that is larger than a key may keep is not kept:
   * nobody can go on from it, and what was kept under its name stays. Answers whether it is kept.
   * @param log where the events of its answer go; without one, where those of the same name went before
   */
  keep(key: string, turn: KeptTurn, log?: EventLog): boolean {
    this.#forgetOld();
    const { keeper, objectIds = [] } = turn;
    if (keeper !== undefined) this.handed.note(key, [turn.id, ...turn.itemIds, ...objectIds], keeper);
    if (weight(turn) > this.#mostOfOne) return false;
    const known = this.#shelves.get(key)?.turns.get(turn.id);
    if (known !== undefined) this.#remove(known);
    const entry: Entry = { key, turn, log: log ?? known?.log, bytes: 0, usedMs: 0 };
    this.#shelf(key).turns.set(turn.id, entry);
    for (const id of turn.itemIds) this.#shelf(key).items.set(id, entry);
    this.#settle(entry);
    return true;
  }

  /**
   * Takes the next event of an answer, for those who follow it; the oldest events go where there is no room. Nothing is
   * done for an answer that is not kept any more, or without events.
   */
  addEvent(key: string, answerId: string, event: Uint8Array): void {
    const entry = this.#shelves.get(key)?.turns.get(answerId);
    if (entry?.log === undefined) return;
    entry.log.push(event);
    this.#settle(entry);
  }

  /** The events of an answer, where this thread keeps them. */
  events(key: string, answerId: string): EventLog | undefined {
    return this.#shelves.get(key)?.turns.get(answerId)?.log;
  }

  /** Forgets the turn of an answer. */
  forget(key: string, answerId: string): void {
    this.handed.forget(key, answerId);
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

  /** Bytes of one turn at most. */
  get #mostOfOne(): number {
    return Math.min(this.#limits.maxBytes, this.#limits.maxBytesPerKey);
  }

  /** Weighs what has become of an entry, and makes room for it. */
  #settle(entry: Entry): void {
    const { maxBytes, maxBytesPerKey } = this.#limits;
    const { turn, log } = entry;
    const own = weight(turn);
    log?.trim(this.#mostOfOne - own);
    const grown = own + (log?.bytes ?? 0) - entry.bytes;
    const shelf = this.#shelf(entry.key);
    entry.bytes += grown;
    shelf.bytes += grown;
    this.#bytes += grown;
    this.#use(entry);
    while (shelf.bytes > maxBytesPerKey) this.#forgetFirst(shelf.turns.values());
    while (this.#bytes > maxBytes) this.#forgetFirst(this.#entries.values());
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
    this.#remove(entry);
    entry.log?.drop();
  }

  #remove(entry: Entry): void {
    const shelf = this.#shelf(entry.key);
    shelf.turns.delete(entry.turn.id);
    for (const id of entry.turn.itemIds) if (shelf.items.get(id) === entry) shelf.items.delete(id);
    shelf.bytes -= entry.bytes;
    this.#entries.delete(entry);
    this.#bytes -= entry.bytes;
    if (shelf.turns.size === 0) this.#shelves.delete(entry.key);
  }
}

function weight({ items, response }: KeptTurn): number {
  return items.length + (response?.length ?? 0) + OVERHEAD;
}

import type { Artifact } from "../../artifact/artifact.ts";
import type { Clock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { LimitSlots } from "../../limits/limit-slots.ts";
import { FULL_SLOT } from "../../limits/rate-table.ts";
import type { ChangedDecisions, Decisions } from "../../overlay/decisions.ts";
import { type LoadedDecisions, loadDecisions } from "../../overlay/load-decisions.ts";
import { Overlay } from "../../overlay/overlay.ts";
import { noRows, type OverlayRows } from "../../overlay/rows.ts";
import { splitRows } from "../../overlay/split-rows.ts";
import type { RecordChange, RecordStore } from "../../stores/record-store.ts";

/** Changes that are read at once. */
const PAGE = 1_000;

/**
 * Changes that are passed on at once: what takes well below a millisecond, as calls wait where threads share a core. Where many
 * have come, it is a part of them, so that they are in force soon.
 */
const STEP = 32;
const STEPS = 8;

/** What keeps serving threads up with the records. */
export interface DecisionsOptions {
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly artifact: (hash: string) => Artifact;
  /** Where what limits count is kept, from one artifact to the next. */
  readonly slots: LimitSlots;
}

interface OverlayOf {
  readonly hash: string;
  readonly overlay: Overlay;
}

/** Passes a change on to all serving threads; see `Supervisor.change`. */
export type PassOn = (rows: () => OverlayRows) => Promise<void>;

/**
 * What was decided at run time, as the records hold it, laid over the artifact in force. Lives in the main thread; one
 * for each process.
 */
export class DecisionsInForce {
  readonly #options: DecisionsOptions;
  readonly #decisions: Decisions;
  #position: number;
  #inForce: OverlayOf | undefined;
  #prepared: OverlayOf | undefined;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(options: DecisionsOptions, { decisions, position }: LoadedDecisions) {
    this.#options = options;
    this.#decisions = decisions;
    this.#position = position;
  }

  /** Reads all decisions. @throws LatchkeyError LK-6105 */
  static async load(options: DecisionsOptions): Promise<DecisionsInForce> {
    return new DecisionsInForce(options, await loadDecisions(options.records));
  }

  /** What is in force; undefined before the first artifact. */
  get overlay(): Overlay | undefined {
    return this.#inForce?.overlay;
  }

  /**
   * What serving threads need before they serve an artifact.
   * @throws LatchkeyError LK-6113 where it has more limits than can be counted
   */
  rowsFor(hash: string): readonly OverlayRows[] {
    if (this.#inForce?.hash === hash) return splitRows(this.#inForce.overlay.rows());
    const { artifact, clock, slots } = this.#options;
    const overlay = new Overlay(artifact(hash), this.#decisions, clock, slots);
    if (overlay.slots().has(FULL_SLOT)) {
      slots.keepOnly(this.#inForce?.overlay.slots() ?? new Set());
      throw new LatchkeyError("LK-6113");
    }
    this.#prepared = { hash, overlay };
    return splitRows(overlay.rows());
  }

  /** Takes note that all serving threads serve an artifact for which rows were made. */
  putInForce(hash: string): void {
    if (this.#prepared?.hash === hash) {
      this.#inForce = this.#prepared;
      this.#options.slots.keepOnly(this.#inForce.overlay.slots());
    }
    this.#prepared = undefined;
  }

  /**
   * Resolves when the serving threads go by what the records held when this was called.
   * @throws LatchkeyError LK-6105
   */
  applied(passOn: PassOn): Promise<void> {
    // One that is under way may have looked too early; the one that waits for it has not looked yet.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#catchUp(passOn);
        return this.#running;
      });
    return this.#next;
  }

  async #catchUp(passOn: PassOn): Promise<void> {
    const { records } = this.#options;
    for (;;) {
      const changes = await records.changesAfter(this.#position, PAGE);
      if (changes === null) {
        await this.#readAnew(passOn);
        continue;
      }
      if (changes.length === 0) return;
      const step = Math.max(STEP, Math.ceil(changes.length / STEPS));
      for (let from = 0; from < changes.length; from += step) {
        const some = changes.slice(from, from + step);
        await this.#refresh(await this.#take(some), passOn);
        this.#position = some.at(-1)?.sequence ?? this.#position;
      }
    }
  }

  /** Changes were forgotten before they were read here, as after a long time in which this process could not do anything. */
  async #readAnew(passOn: PassOn): Promise<void> {
    const { decisions, position } = await loadDecisions(this.#options.records);
    await this.#refresh(this.#decisions.become(decisions), passOn);
    this.#position = position;
  }

  async #refresh(changed: ChangedDecisions, passOn: PassOn): Promise<void> {
    if (changed.keys.size === 0 && changed.apps.size === 0) return;
    await passOn(() => this.#inForce?.overlay.refresh(changed) ?? noRows);
  }

  /** Puts in what changes are about, as it is on record now. */
  async #take(changes: readonly RecordChange[]): Promise<ChangedDecisions> {
    const { records } = this.#options;
    const keys = new Set<string>();
    const subscriptions: string[] = [];
    for (const { kind, id } of changes) {
      if (kind === "key") keys.add(id);
      else subscriptions.push(id);
    }
    const apps = new Set<string>();
    if (keys.size > 0) {
      const gone = new Set(keys);
      for (const record of await records.getAll("key", [...keys])) {
        gone.delete(record.id);
        this.#decisions.putKey(record);
      }
      for (const id of gone) this.#decisions.dropKey(id);
    }
    if (subscriptions.length > 0) {
      for (const record of await records.getAll("subscription", subscriptions))
        apps.add(this.#decisions.putSubscription(record));
    }
    return { keys, apps };
  }
}

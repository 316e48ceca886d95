import type { Artifact } from "../../artifact/artifact.ts";
import type { Clock } from "../../kernel/clock.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { LimitSlots } from "../../limits/limit-slots.ts";
import { FULL_SLOT } from "../../limits/rate-table.ts";
import type { Decisions } from "../../overlay/decisions.ts";
import { type LoadedDecisions, loadDecisions } from "../../overlay/load-decisions.ts";
import { Overlay } from "../../overlay/overlay.ts";
import { noRows, type OverlayRows } from "../../overlay/rows.ts";
import { splitRows } from "../../overlay/split-rows.ts";
import type { RecordChange, RecordStore } from "../../stores/record-store.ts";

/** Changes that are read at once. */
const PAGE = 1_000;

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
      const last = changes.at(-1);
      if (last === undefined) return;
      const keys = new Set<string>();
      const apps = new Set<string>();
      for (const change of changes) {
        const app = await this.#take(change);
        if (app !== undefined) apps.add(app);
        if (change.kind === "key") keys.add(change.id);
      }
      if (keys.size > 0 || apps.size > 0) {
        await passOn(() => {
          const overlay = this.#inForce?.overlay;
          return overlay === undefined ? noRows : overlay.refresh({ keys, apps });
        });
      }
      this.#position = last.sequence;
    }
  }

  /** Answers the application whose subscriptions have changed. */
  async #take({ kind, id }: RecordChange): Promise<string | undefined> {
    const { records } = this.#options;
    if (kind === "key") {
      const record = await records.get("key", id);
      if (record === undefined) this.#decisions.dropKey(id);
      else this.#decisions.putKey(record);
    } else if (kind === "subscription") {
      const record = await records.get("subscription", id);
      if (record !== undefined) return this.#decisions.putSubscription(record);
    }
    return undefined;
  }
}

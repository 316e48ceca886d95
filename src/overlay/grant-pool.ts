import { sha256Hex } from "../kernel/hash.ts";
import type { GrantRow, UseRow } from "./rows.ts";
import type { WholeService } from "./whole-service.ts";

interface PooledGrant {
  readonly row: GrantRow;
  readonly content: string;
  keys: number;
}

/** Grants that keys share: what is reached in the same way is one grant, as long as a key has it. */
export class GrantPool {
  readonly #whole: readonly WholeService[];
  readonly #byId = new Map<number, PooledGrant>();
  readonly #byContent = new Map<string, PooledGrant>();
  #nextId = 0;

  /** @param whole rows that uses share, which need not be compared letter by letter */
  constructor(whole: readonly WholeService[]) {
    this.#whole = whole;
  }

  /** The grant of these uses, for one key more. */
  take(uses: readonly UseRow[]): { readonly id: number; readonly isNew: boolean } {
    const content = sha256Hex(uses.map((use) => this.#wordOf(use)).join());
    const known = this.#byContent.get(content);
    if (known !== undefined) {
      known.keys++;
      return { id: known.row.id, isNew: false };
    }
    const grant = { row: { id: this.#nextId++, uses }, content, keys: 1 };
    this.#byId.set(grant.row.id, grant);
    this.#byContent.set(content, grant);
    return { id: grant.row.id, isNew: true };
  }

  /** One key more for a grant that has some. Answers whether it has. */
  share(id: number): boolean {
    const grant = this.#byId.get(id);
    if (grant === undefined) return false;
    grant.keys++;
    return true;
  }

  /** One key less. Answers whether that was the last one. */
  release(id: number): boolean {
    const grant = this.#byId.get(id);
    if (grant === undefined || --grant.keys > 0) return false;
    this.#byId.delete(id);
    this.#byContent.delete(grant.content);
    return true;
  }

  get(id: number): GrantRow | undefined {
    return this.#byId.get(id)?.row;
  }

  all(): Iterable<GrantRow> {
    return [...this.#byId.values()].map(({ row }) => row);
  }

  /** The same for the same use. */
  #wordOf(use: UseRow): string {
    const whole = this.#whole[use.service];
    if (use === whole?.toOthers) return `${use.service}`;
    if (use === whole?.toOwner) return `${use.service} to its owner`;
    return JSON.stringify(use);
  }
}

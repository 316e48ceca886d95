import type { KeyBody } from "../../../src/stores/records/key-record.ts";

/** What a store of keys should hold, as simply as can be. */
export class KeyModel {
  #keys: readonly {
    readonly id: string;
    readonly tenant: string;
    readonly version: number;
    readonly body: KeyBody;
  }[] = [];

  /** Whether there was none with the id. */
  insert(id: string, tenant: string, body: KeyBody): boolean {
    if (this.find(id) !== undefined) return false;
    this.#keys = [...this.#keys, { id, tenant, version: 1, body }];
    return true;
  }

  /** Whether it had the version. */
  update(id: string, version: number, body: KeyBody): boolean {
    if (this.find(id)?.version !== version) return false;
    this.#keys = this.#keys.map((key) => (key.id === id ? { ...key, version: version + 1, body } : key));
    return true;
  }

  remove(id: string): void {
    this.#keys = this.#keys.filter((key) => key.id !== id);
  }

  find(id: string) {
    return this.#keys.find((key) => key.id === id);
  }

  /** Ids of a tenant's keys with these members, the newest first. */
  list(tenant: string, where: Partial<Pick<KeyBody, "app" | "state">>): readonly string[] {
    const matches = this.#keys.filter(
      (key) =>
        key.tenant === tenant &&
        (where.app === undefined || key.body.app === where.app) &&
        (where.state === undefined || key.body.state === where.state),
    );
    return matches.map(({ id }) => id).toReversed();
  }
}

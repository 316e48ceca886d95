import type { RecordStore } from "../../../src/stores/record-store.ts";

/** A store that is held to what all have to do. Everything that it opens is the same, empty at first. */
export interface StoreUnderTest {
  /** Another connection. */
  readonly open: () => Promise<RecordStore>;
  /** Opens the same store in another process: a module's URL, its export, and what it is called with. */
  readonly elsewhere: readonly [module: string, name: string, argument: string];
  /** Changes the audit log past everything that protects it, as somebody with the database's password could. */
  readonly tamper: (change: AuditTampering) => Promise<void>;
  /** What the store's own protection says to an attempt to change or remove an entry. */
  readonly tryToChange: (how: "change" | "remove" | "replace") => Promise<void>;
}

/** How the audit log is tampered with. */
export type AuditTampering =
  | { readonly kind: "change"; readonly sequence: number }
  | { readonly kind: "remove"; readonly sequence: number }
  /** A copy of an entry under the next sequence, those after it moved on. */
  | { readonly kind: "insert"; readonly sequence: number };

/** Makes an empty store. */
export type MakeStore = () => Promise<StoreUnderTest>;

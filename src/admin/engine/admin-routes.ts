import { assert } from "../../kernel/assert.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { SegmentTrie } from "../../kernel/segment-trie.ts";
import type { BoundOperation } from "../operations/bound-operation.ts";
import { type PreparedOperation, prepareOperation } from "./prepared-operation.ts";

/** Where the operations are. */
export const ADMIN_PATH = "/admin/v1";

/** What a request's line has led to. */
export type Routed =
  | { readonly operation: PreparedOperation; readonly params: Readonly<Record<string, string>> }
  /** Nothing is done: the methods that the path takes. */
  | { readonly allow: string };

/** The operations by method and path; finding one costs what the path is long. */
export class AdminRoutes {
  readonly #trie = new SegmentTrie<PreparedOperation>();

  constructor(operations: readonly BoundOperation[]) {
    const known = new Set<string>();
    for (const bound of operations) {
      const { name, method, path } = bound.operation;
      for (const key of [name, `${method} ${path.replaceAll(/\{[^{}]+\}/g, "{}")}`]) {
        assert(!known.has(key), `there are two operations ${key}`);
        known.add(key);
      }
      this.#trie.add(path, [method], prepareOperation(bound));
    }
  }

  /**
   * @param path as it was sent
   * @throws LatchkeyError LK-2006, LK-2007, LK-2107
   */
  find(method: string, path: string): Routed {
    if (!path.startsWith(`${ADMIN_PATH}/`)) throw new LatchkeyError("LK-2006");
    const looked = this.#trie.find(method, path.slice(ADMIN_PATH.length));
    if ("found" in looked) {
      const { value, parameters } = looked.found;
      const params = Object.fromEntries(value.names.map((name, at) => [name, decode(parameters[at] ?? "")]));
      return { operation: value, params };
    }
    if (looked.allowed.length === 0) throw new LatchkeyError("LK-2006");
    const allow = [...looked.allowed, "OPTIONS"].join(", ");
    if (method === "OPTIONS") return { allow };
    throw new LatchkeyError("LK-2007", undefined, { allow });
  }
}

const CONTROL = /\p{Cc}/u;
const VISIBLE = /^[\x21-\x7e]*$/;

/** A segment is decoded once, after the path was split: `%2F` is a slash in a name, and none between segments. */
function decode(segment: string): string {
  const name = VISIBLE.test(segment) ? tryDecode(segment) : undefined;
  if (name === undefined || name === "." || name === ".." || CONTROL.test(name)) {
    throw new LatchkeyError("LK-2107");
  }
  return name;
}

function tryDecode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

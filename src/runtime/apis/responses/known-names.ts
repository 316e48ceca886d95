import { isOwnId } from "../../../dialects/openai-responses/item-id.ts";
import {
  itemNotFound,
  objectNotFound,
  previousNotFound,
} from "../../../dialects/openai-responses/not-found.ts";
import { type VendorName, vendorNames } from "../../../dialects/openai-responses/vendor-names.ts";
import type { LatchkeyError } from "../../../kernel/error.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { findTurn, keeperOf, type ResponsesMemory } from "./memory.ts";

/** Where what a request names is kept. */
export interface KnownNames {
  /** Whether it names answers or items, which the gateway may keep. */
  readonly hasTurns: boolean;
  /** Whether some of them are of the gateway's own making: no vendor knows them. */
  readonly hasOwn: boolean;
  /** Providers that keep the rest. */
  readonly keepers: ReadonlySet<string>;
}

/**
 * Looks up everything that a request names, in all threads. All keys share a vendor's account: only what this key was
 * told of goes there.
 * Rejects with LatchkeyError LK-2112 where it names something else.
 * @param isOpen whether names that nobody has been told of are passed on all the same
 */
export async function lookUpNames(
  body: JsonObject,
  owner: string,
  memory: ResponsesMemory,
  isOpen: boolean,
): Promise<KnownNames> {
  const keepers = new Set<string>();
  let hasOwn = false;
  let hasTurns = false;
  for (const name of vendorNames(body)) {
    const { id, kind } = name;
    hasTurns ||= kind !== "object";
    const turn = kind === "object" ? undefined : await findTurn(id, owner, memory);
    if (isOwnId(id)) {
      hasOwn = true;
      continue;
    }
    // An answer in the background has the gateway's id, and the vendor's items.
    const keeper = turn?.keeper ?? (await keeperOf(id, owner, memory));
    if (keeper !== undefined) keepers.add(keeper);
    else if (turn === undefined && !isOpen) throw notFound(name);
  }
  return { hasTurns, hasOwn, keepers };
}

function notFound({ kind, id, param }: VendorName): LatchkeyError {
  if (kind === "response") return previousNotFound(id);
  return kind === "item" ? itemNotFound(id, param) : objectNotFound(id, param);
}

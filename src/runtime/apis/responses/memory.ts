import type { KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import { isOwnId } from "../../../dialects/openai-responses/item-id.ts";
import type { KeyEntry } from "../../key-table.ts";
import type { ResponsesPeers } from "./peers.ts";
import type { ResponsesState } from "./state.ts";

/** Where conversations are kept for upstreams that keep none. */
export interface ResponsesMemory {
  readonly state: ResponsesState;
  /** Absent where there is one thread only. */
  readonly peers?: ResponsesPeers;
}

/** Under whose name the answers to a key are kept. */
export function responsesOwner({ app, name }: KeyEntry): string {
  return `${app.tenant}/${app.name}/${name}`;
}

/** The turn whose answer, or an item of whose answer, has an id, in whatever thread it is kept. */
export async function findTurn(
  id: string,
  owner: string,
  { state, peers }: ResponsesMemory,
): Promise<KeptTurn | undefined> {
  if (!isOwnId(id)) return undefined;
  return state.find(owner, id) ?? (await peers?.find(owner, id));
}

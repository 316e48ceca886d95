import type { KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import type { KeyEntry } from "../../key-table.ts";
import type { ResponsesPeers } from "./peers.ts";
import type { ResponsesState } from "./state.ts";

/** Where conversations are kept. */
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
  return state.find(owner, id) ?? (await peers?.find(owner, id));
}

/** Who keeps what a key was told of; `undefined` where it was told of no such id in any thread. */
export async function keeperOf(
  id: string,
  owner: string,
  { state, peers }: ResponsesMemory,
): Promise<string | undefined> {
  return state.handed.keeperOf(owner, id) ?? (await peers?.keeperOf(owner, id));
}

/** Kinds of items, as OpenAI's ids begin. */
export type ItemPrefix = "msg" | "rs" | "fc" | "ig";

/** Follows the prefix of every id that the gateway makes, so that it knows them again when they come back. */
const OWN = "_lk_";

/** Makes the ids of one answer out of the id of its request, the same ones each time. */
export interface ItemIds {
  readonly response: string;
  readonly item: (prefix: ItemPrefix, outputIndex: number) => string;
}

/** Ids of the answer to a request. */
export function itemIds(requestId: string): ItemIds {
  const base = requestId.replace(/^req_/, "").replace(/[^\w-]/g, "");
  return {
    response: `resp${OWN}${base}`,
    item: (prefix, outputIndex) => `${prefix}${OWN}${base}_${outputIndex}`,
  };
}

/** Whether an id of an item or an answer is the gateway's: no vendor knows it. */
export function isOwnId(id: string): boolean {
  return /^(?:resp|msg|rs|fc|ig)_lk_/.test(id);
}

/** What follows the prefix in the ids of an answer's items, made out of the answer's own. */
export function ownItemBase(responseId: string): string {
  return responseId.replace(/^resp/, "");
}

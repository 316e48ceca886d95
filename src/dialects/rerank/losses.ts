import type { RerankLoss, RerankRequest, RerankRequestField } from "../../canonical/rerank.ts";

/** Members that a vendor has no words for, where they are asked for; `true`: the order stays the same. */
export function lossesOf(
  request: RerankRequest,
  vendor: string,
  fields: Readonly<Partial<Record<RerankRequestField, boolean>>>,
): readonly RerankLoss[] {
  return (Object.entries(fields) as [RerankRequestField, boolean][]).flatMap(([field, isHarmless]) =>
    request[field] === undefined
      ? []
      : [{ path: { field }, isHarmless, reason: `has no counterpart in ${vendor}` }],
  );
}

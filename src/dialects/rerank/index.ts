import { cohereEgress } from "./cohere.ts";
import { jinaEgress } from "./jina.ts";
import type { RerankEgress, RerankShape } from "./rerank-dialect.ts";
import { voyageEgress } from "./voyage.ts";

export { rerankIngress } from "./ingress.ts";
export { coherePassthrough } from "./passthrough.ts";

/** How each shape is spoken to vendors. */
export const rerankEgresses: Readonly<Record<RerankShape, RerankEgress>> = {
  cohere: cohereEgress,
  jina: jinaEgress,
  voyage: voyageEgress,
};

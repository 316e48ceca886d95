import type { EmbeddingEgress } from "./embedding-dialect.ts";

/** The egress, but that an answer with more or fewer vectors than inputs is none: nobody could tell which is whose. */
export function oneForEach(egress: EmbeddingEgress): EmbeddingEgress {
  return {
    ...egress,
    parseResponse: (body, request, header) => {
      const response = egress.parseResponse(body, request, header);
      return response?.vectors.length === request.inputs.length ? response : undefined;
    },
  };
}

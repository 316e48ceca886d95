import type { EmbeddingRequest, EmbeddingResponse } from "../../canonical/embedding.ts";
import { addUsage, type Usage } from "../../canonical/usage.ts";

/** Requests that one becomes at most: OpenAI takes no more inputs than that, and one caller is to start no more. */
const MAX_PARTS = 2_048;

/** A part of a request. */
export interface EmbeddingRequestPart {
  readonly request: EmbeddingRequest;
  /** Place of its first input among those of the whole. */
  readonly offset: number;
}

/**
 * A request for more vectors than a vendor makes at once, as several in the order of the inputs; one that needs more
 * than 2,048 stays whole, to be refused as too long.
 * @param most inputs in one request
 */
export function splitInputs(request: EmbeddingRequest, most: number): readonly EmbeddingRequestPart[] {
  const { length } = request.inputs;
  if (length <= most || length > most * MAX_PARTS) return [{ request, offset: 0 }];
  return Array.from({ length: Math.ceil(length / most) }, (_, index) => {
    const offset = index * most;
    return { request: { ...request, inputs: request.inputs.slice(offset, offset + most) }, offset };
  });
}

/** The answers to all parts as one: the vectors in their order, what was used in all, unknown where one does not tell. */
export function joinVectors(answers: readonly EmbeddingResponse[]): EmbeddingResponse {
  const [first] = answers;
  const usages = answers.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  const isTold = usages.length === answers.length && usages.length > 0;
  const usage: Usage | undefined = isTold ? usages.reduce(addUsage) : undefined;
  return {
    ...(first?.id !== undefined && { id: first.id }),
    ...(first?.model !== undefined && { model: first.model }),
    vectors: answers.flatMap(({ vectors }) => vectors),
    ...(usage !== undefined && { usage }),
  };
}

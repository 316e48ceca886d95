import type { EmbeddingPurpose } from "../../../canonical/embedding.ts";

/** Source: https://ai.google.dev/gemini-api/docs/embeddings#task-types */
const TASKS: Readonly<Record<EmbeddingPurpose, string>> = {
  query: "RETRIEVAL_QUERY",
  document: "RETRIEVAL_DOCUMENT",
  similarity: "SEMANTIC_SIMILARITY",
  classification: "CLASSIFICATION",
  clustering: "CLUSTERING",
  question: "QUESTION_ANSWERING",
  fact: "FACT_VERIFICATION",
  "code-query": "CODE_RETRIEVAL_QUERY",
};

/** Gemini's `taskType` for a purpose. */
export function renderPurpose(purpose: EmbeddingPurpose): string {
  return TASKS[purpose];
}

/** The purpose of a `taskType`; `undefined` where there is no such one. */
export function readPurpose(task: unknown): EmbeddingPurpose | undefined {
  return (Object.keys(TASKS) as readonly EmbeddingPurpose[]).find((purpose) => TASKS[purpose] === task);
}

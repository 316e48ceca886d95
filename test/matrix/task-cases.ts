import { taskCases } from "../server/tasks/task-cases.ts";

/** Every kind of vendor that makes vectors. */
export const embeddingCases = taskCases.filter(({ api }) => api === "embeddings");

/** Every kind of vendor of each other API. */
export const furtherCases = taskCases.filter(({ api }) => api !== "embeddings");

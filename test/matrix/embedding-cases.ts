import { taskCases } from "../server/tasks/task-cases.ts";

/** Every kind of vendor that makes vectors. */
export const embeddingCases = taskCases.filter(({ api }) => api === "embeddings");

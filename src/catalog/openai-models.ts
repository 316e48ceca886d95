/**
 * Model ids that editors suggest inside `openai(…)("…")`. Suggestions only: any other id is accepted.
 * Source: https://platform.openai.com/docs/models
 */
export const openAiModelIds = [
  "gpt-4.1",
  "gpt-4.1-mini",
  "gpt-4.1-nano",
  "gpt-4o",
  "gpt-4o-mini",
  "gpt-5",
  "gpt-5-mini",
  "gpt-5-nano",
  "o3",
  "o3-mini",
  "o4-mini",
] as const;

/** A model id of OpenAI that is known here. */
export type OpenAiModelId = (typeof openAiModelIds)[number];

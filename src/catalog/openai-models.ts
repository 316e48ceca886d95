export type { OpenAiModelId } from "./model-ids/openai.ts";

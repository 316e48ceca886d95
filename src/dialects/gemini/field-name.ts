import type { ChatRequestField } from "../../canonical/chat-request.ts";

const NAMES: Readonly<Partial<Record<ChatRequestField, string>>> = {
  messages: "contents",
  toolChoice: "toolConfig.functionCallingConfig",
  maxOutputTokens: "generationConfig.maxOutputTokens",
  temperature: "generationConfig.temperature",
  topP: "generationConfig.topP",
  topK: "generationConfig.topK",
  frequencyPenalty: "generationConfig.frequencyPenalty",
  presencePenalty: "generationConfig.presencePenalty",
  seed: "generationConfig.seed",
  stop: "generationConfig.stopSequences",
  choices: "generationConfig.candidateCount",
  logprobs: "generationConfig.logprobs",
  responseFormat: "generationConfig.responseMimeType",
  reasoning: "generationConfig.thinkingConfig",
  modalities: "generationConfig.responseModalities",
  speech: "generationConfig.speechConfig",
  safety: "safetySettings",
  metadata: "labels",
};

/** Where a member of the canonical request stands in a Gemini request; others have no place in it and keep their name. */
export function fieldName(field: ChatRequestField): string {
  return NAMES[field] ?? field;
}

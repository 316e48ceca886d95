import type { ChatRequestField } from "../../canonical/chat-request.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { type At, member } from "./members.ts";

const NAMES: Readonly<Partial<Record<ChatRequestField, readonly [string, ...string[]]>>> = {
  messages: ["contents"],
  toolChoice: ["toolConfig.functionCallingConfig"],
  maxOutputTokens: ["generationConfig.maxOutputTokens"],
  temperature: ["generationConfig.temperature"],
  topP: ["generationConfig.topP"],
  topK: ["generationConfig.topK"],
  frequencyPenalty: ["generationConfig.frequencyPenalty"],
  presencePenalty: ["generationConfig.presencePenalty"],
  seed: ["generationConfig.seed"],
  stop: ["generationConfig.stopSequences"],
  choices: ["generationConfig.candidateCount"],
  logprobs: ["generationConfig.logprobs", "generationConfig.responseLogprobs"],
  responseFormat: [
    "generationConfig.responseMimeType",
    "generationConfig.responseJsonSchema",
    "generationConfig.responseSchema",
  ],
  reasoning: ["generationConfig.thinkingConfig"],
  modalities: ["generationConfig.responseModalities"],
  speech: ["generationConfig.speechConfig"],
  safety: ["safetySettings"],
  metadata: ["labels"],
};

/**
 * Where a member of the canonical request stands in a Gemini request, with underscores where the caller writes them.
 * Others have no place in it and keep their name.
 */
export function fieldName(field: ChatRequestField, body: JsonObject): string {
  const names = NAMES[field] ?? [field];
  for (const name of names) {
    const spelled = spelledIn(body, name);
    if (spelled !== undefined) return spelled;
  }
  return names[0];
}

function spelledIn(body: JsonObject, name: string): string | undefined {
  let at: At<JsonObject> = { value: body, path: "" };
  for (const part of name.split(".")) {
    const found = member(at, part);
    if (found === undefined) return undefined;
    at = { value: isJsonObject(found.value) ? (found.value as JsonObject) : {}, path: found.path };
  }
  return at.path;
}

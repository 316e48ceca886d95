import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { toOpenApiSchema } from "./openapi-schema.ts";
import type { RenderContext } from "./render-content.ts";
import { renderReasoning } from "./render-reasoning.ts";
import type { AnswerForm } from "./structured-answer.ts";

/** Wire format: https://ai.google.dev/api/generate-content#GenerationConfig */
export function renderGenerationConfig(
  request: ChatRequest,
  form: AnswerForm,
  context: RenderContext,
): JsonObject {
  const { maxOutputTokens, temperature, topP, topK, seed, stop, choices, modalities } = request;
  const { frequencyPenalty, presencePenalty } = request;
  const thinkingConfig = renderReasoning(request, context);
  return {
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && { stopSequences: stop }),
    ...(choices !== undefined && { candidateCount: choices }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(modalities !== undefined && { responseModalities: modalities.map((name) => name.toUpperCase()) }),
    ...renderForm(form, context),
    ...renderLogprobs(request),
    ...renderSpeech(request, context),
    ...(thinkingConfig !== undefined && { thinkingConfig }),
  };
}

function renderForm(form: AnswerForm, { target }: RenderContext): JsonObject {
  if (form.by !== "members") return {};
  const { schema } = form;
  return {
    responseMimeType: "application/json",
    ...(schema !== undefined &&
      (target.wantsOpenApi ? { responseSchema: toOpenApiSchema(schema) } : { responseJsonSchema: schema })),
  };
}

function renderLogprobs({ logprobs }: ChatRequest): JsonObject {
  if (logprobs === undefined) return {};
  return { responseLogprobs: true, ...(logprobs > 0 && { logprobs }) };
}

/** Gemini speaks raw samples and nothing else. */
function renderSpeech({ speech }: ChatRequest, { losses }: RenderContext): JsonObject {
  if (speech === undefined) return {};
  const { voice, format } = speech;
  if (format !== undefined && format !== "pcm16" && format !== "pcm") {
    losses.push({
      path: { field: "speech" },
      isHarmless: false,
      reason: "can be no other format than pcm16 in Gemini",
    });
  }
  return voice === undefined
    ? {}
    : { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } } };
}

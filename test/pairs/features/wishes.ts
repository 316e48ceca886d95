import type { CallerDialectName } from "../../../src/dialects/dialect.ts";
import type { Json, JsonObject } from "../../../src/kernel/json.ts";
import { type Asked, type AskedFeature, type FeatureGroup, member, part } from "./asked.ts";

const schema = {
  type: "object",
  properties: { mood: { type: "string" } },
  required: ["mood"],
  additionalProperties: false,
};
const config = (name: string, value: Json) => member(`generationConfig.${name}`, value);

const answer: readonly AskedFeature[] = [
  {
    name: "JSON in a schema",
    asked: {
      "openai-chat": member("response_format", {
        type: "json_schema",
        json_schema: { name: "answer", schema, strict: true },
      }),
      "openai-responses": member("text.format", {
        type: "json_schema",
        name: "answer",
        schema,
        strict: true,
      }),
      "anthropic-messages": member("output_config.format", { type: "json_schema", schema }),
      gemini: {
        as: "generationConfig.responseJsonSchema",
        body: { generationConfig: { responseMimeType: "application/json", responseJsonSchema: schema } },
      },
    },
    native: /"(response_format|format|responseSchema|responseJsonSchema)":\{.*mood/,
  },
  {
    name: "JSON of any kind",
    asked: {
      "openai-chat": member("response_format", { type: "json_object" }),
      "openai-responses": member("text.format", { type: "json_object" }),
      gemini: config("responseMimeType", "application/json"),
    },
    native: /json_object|application\/json|"format":"json"/,
  },
  {
    name: "how wordy",
    asked: { "openai-chat": member("verbosity", "low"), "openai-responses": member("text.verbosity", "low") },
    native: /"verbosity":"low"/,
  },
  {
    name: "several answers",
    asked: { "openai-chat": member("n", 2), gemini: config("candidateCount", 2) },
    native: /"(n|candidateCount)":2/,
  },
  {
    name: "probabilities of tokens",
    asked: {
      "openai-chat": { ...member("logprobs", true), as: "logprobs" },
      "openai-responses": member("include", ["message.output_text.logprobs"]),
      gemini: config("responseLogprobs", true),
    },
    native: /"(logprobs|responseLogprobs)":true|output_text\.logprobs/,
  },
  {
    name: "alternatives to tokens",
    asked: {
      "openai-chat": { as: "top_logprobs", body: { logprobs: true, top_logprobs: 3 } },
      "openai-responses": member("top_logprobs", 3),
      gemini: {
        as: "generationConfig.logprobs",
        body: { generationConfig: { responseLogprobs: true, logprobs: 3 } },
      },
    },
    native: /"(top_logprobs|logprobs)":3/,
  },
  {
    name: "spoken answer",
    asked: {
      "openai-chat": {
        as: "modalities, audio",
        body: { modalities: ["text", "audio"], audio: { voice: "alloy", format: "pcm16" } },
      },
      gemini: {
        as: "speechConfig",
        body: {
          generationConfig: {
            responseModalities: ["AUDIO"],
            speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: "Kore" } } },
          },
        },
      },
    },
    native: /alloy|Kore/,
  },
  {
    name: "pictures in the answer",
    asked: {
      "openai-chat": member("modalities", ["text", "image"]),
      gemini: config("responseModalities", ["TEXT", "IMAGE"]),
    },
    native: /"image"|IMAGE/,
  },
];

const sampling: readonly AskedFeature[] = [
  {
    name: "limit of tokens",
    asked: {
      "openai-chat": member("max_completion_tokens", 4711),
      "openai-responses": member("max_output_tokens", 4711),
      "anthropic-messages": member("max_tokens", 4711),
      gemini: config("maxOutputTokens", 4711),
    },
    native: /:4711/,
  },
  {
    name: "temperature",
    asked: {
      "openai-chat": member("temperature", 0.25),
      "openai-responses": member("temperature", 0.25),
      "anthropic-messages": member("temperature", 0.25),
      gemini: config("temperature", 0.25),
    },
    native: /"temperature":0\.25/,
  },
  {
    name: "top p",
    asked: {
      "openai-chat": member("top_p", 0.25),
      "openai-responses": member("top_p", 0.25),
      "anthropic-messages": member("top_p", 0.25),
      gemini: config("topP", 0.25),
    },
    native: /:0\.25/,
  },
  {
    name: "top k",
    asked: {
      "openai-chat": member("top_k", 17),
      "anthropic-messages": member("top_k", 17),
      gemini: config("topK", 17),
    },
    native: /:17\b/,
  },
  { name: "min p", asked: { "openai-chat": member("min_p", 0.25) }, native: /:0\.25/ },
  {
    name: "frequency penalty",
    asked: {
      "openai-chat": member("frequency_penalty", 0.25),
      gemini: config("frequencyPenalty", 0.25),
    },
    native: /:0\.25/,
  },
  {
    name: "presence penalty",
    asked: { "openai-chat": member("presence_penalty", 0.25), gemini: config("presencePenalty", 0.25) },
    native: /:0\.25/,
  },
  {
    name: "repetition penalty",
    asked: { "openai-chat": member("repetition_penalty", 1.25) },
    native: /:1\.25/,
  },
  {
    name: "bias of tokens",
    asked: { "openai-chat": member("logit_bias", { "50256": -100 }) },
    native: /50256/,
  },
  {
    name: "seed",
    asked: { "openai-chat": member("seed", 4711), gemini: config("seed", 4711) },
    native: /:4711/,
  },
  {
    name: "stop texts",
    asked: {
      "openai-chat": member("stop", ["The-end"]),
      "anthropic-messages": member("stop_sequences", ["The-end"]),
      gemini: config("stopSequences", ["The-end"]),
    },
    native: /The-end/,
  },
];

const thinking: readonly AskedFeature[] = [
  {
    name: "effort",
    asked: {
      "openai-chat": member("reasoning_effort", "high"),
      "openai-responses": member("reasoning.effort", "high"),
      "anthropic-messages": {
        as: "output_config.effort",
        body: { thinking: { type: "adaptive" }, output_config: { effort: "high" } },
      },
      gemini: config("thinkingConfig", { thinkingLevel: "HIGH" }),
    },
    native: /"(reasoning_effort|effort|thinkingLevel|think)":"high"/i,
  },
  {
    name: "budget of tokens",
    asked: {
      "openai-chat": member("thinking", { type: "enabled", budget_tokens: 2_048 }),
      "anthropic-messages": member("thinking", { type: "enabled", budget_tokens: 2_048 }),
      gemini: config("thinkingConfig", { thinkingBudget: 2_048 }),
    },
    native: /:2048/,
  },
  {
    name: "no thinking",
    asked: {
      "openai-chat": member("reasoning_effort", "none"),
      "openai-responses": member("reasoning.effort", "none"),
      "anthropic-messages": member("thinking", { type: "disabled" }),
      gemini: config("thinkingConfig", { thinkingBudget: 0 }),
    },
    native: /"(reasoning_effort|effort)":"none"|"type":"disabled"|"thinkingBudget":0|"think":false|MINIMAL/i,
    // They think only where they are told to.
    isDefault: ["anthropic-messages", "bedrock-converse"],
  },
  {
    name: "summary of the thinking",
    asked: {
      "openai-responses": member(
        "reasoning",
        { effort: "high", summary: "auto" },
        {
          reasoning: { effort: "high" },
        },
      ),
      "anthropic-messages": member(
        "thinking",
        { type: "adaptive", display: "summarized" },
        {
          thinking: { type: "adaptive" },
        },
      ),
      gemini: member(
        "generationConfig.thinkingConfig",
        { thinkingLevel: "HIGH", includeThoughts: true },
        {
          generationConfig: { thinkingConfig: { thinkingLevel: "HIGH" } },
        },
      ),
    },
    native: /"summary":"auto"|"display":"summarized"|"includeThoughts":true/,
    // They always show it.
    isDefault: ["openai-chat", "anthropic-messages", "bedrock-converse", "cohere-chat", "ollama-chat"],
  },
];

/** A text up to which the prompt is to be cached. */
function marked(caller: CallerDialectName, type: string, as: string, mark: JsonObject): Asked {
  const text = { type, text: "Long." };
  return { ...part(caller, as, { ...text, [as]: mark }), base: part(caller, as, text).body };
}

function toolMarked(tool: JsonObject): Asked {
  const mark = { cache_control: { type: "ephemeral" } };
  return { as: "tools[].cache_control", body: { tools: [{ ...tool, ...mark }] }, base: { tools: [tool] } };
}

const service: readonly AskedFeature[] = [
  {
    name: "marks for the prompt cache",
    asked: {
      "openai-chat": marked("openai-chat", "text", "cache_control", { type: "ephemeral" }),
      "openai-responses": marked("openai-responses", "input_text", "prompt_cache_breakpoint", {
        mode: "explicit",
      }),
      "anthropic-messages": marked("anthropic-messages", "text", "cache_control", { type: "ephemeral" }),
    },
    native: /cache_control|cachePoint|prompt_cache_breakpoint/,
  },
  {
    name: "the same on tools",
    asked: {
      "openai-chat": toolMarked({ type: "function", function: { name: "clock" } }),
      "anthropic-messages": toolMarked({ name: "clock", input_schema: { type: "object" } }),
    },
    native: /cache_control|cachePoint/,
  },
  {
    name: "key of the prompt cache",
    asked: {
      "openai-chat": member("prompt_cache_key", "Key-one"),
      "openai-responses": member("prompt_cache_key", "Key-one"),
    },
    native: /Key-one/,
  },
  {
    name: "service tier",
    asked: {
      "openai-chat": member("service_tier", "priority"),
      "openai-responses": member("service_tier", "priority"),
      "anthropic-messages": member("service_tier", "standard_only"),
      gemini: member("serviceTier", "priority"),
    },
    native: /"service_?[tT]ier":/,
  },
  {
    name: "safety settings",
    asked: {
      gemini: member("safetySettings", [
        { category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_LOW_AND_ABOVE" },
      ]),
    },
    native: /HARM_CATEGORY_HARASSMENT/,
  },
  {
    name: "id of the user",
    asked: {
      "openai-chat": member("safety_identifier", "User-one"),
      "openai-responses": member("safety_identifier", "User-one"),
      "anthropic-messages": member("metadata.user_id", "User-one"),
    },
    native: /User-one/,
  },
  {
    name: "metadata",
    asked: {
      "openai-chat": {
        as: "metadata",
        body: { store: true, metadata: { a: "Mark-one" } },
        base: { store: true },
      },
      "openai-responses": {
        as: "metadata",
        body: { store: true, metadata: { a: "Mark-one" } },
        base: { store: true },
      },
      gemini: member("labels", { a: "Mark-one" }),
    },
    native: /Mark-one/,
  },
  {
    name: "keeping the answer",
    asked: {
      "openai-chat": member("store", true),
      "openai-responses": member("store", true),
      gemini: member("store", true),
    },
    native: /"store":true/,
  },
];

/** What is asked for beside the conversation. */
export const wishGroups: readonly FeatureGroup<AskedFeature>[] = [
  { title: "Form of the answer", features: answer },
  { title: "Choice of words", features: sampling },
  { title: "Thinking", features: thinking },
  { title: "Service", features: service },
];

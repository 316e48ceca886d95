import type {
  ChatRequest,
  ReasoningEffort,
  ReasoningOptions,
  ResponseFormat,
} from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { toJsonSchema } from "./json-schema.ts";
import {
  type At,
  booleanMember,
  fieldError,
  member,
  noteUnknown,
  numberMember,
  objectMember,
  textMember,
  textsMember,
} from "./members.ts";

const KNOWN = {
  maxOutputTokens: "read",
  temperature: "read",
  topP: "read",
  topK: "read",
  seed: "read",
  stopSequences: "read",
  candidateCount: "read",
  frequencyPenalty: "read",
  presencePenalty: "read",
  responseMimeType: "read",
  responseSchema: "read",
  responseJsonSchema: "read",
  responseLogprobs: "read",
  logprobs: "read",
  responseModalities: "read",
  speechConfig: "read",
  thinkingConfig: "read",
  mediaResolution: "harmless",
  enableEnhancedCivicAnswers: "harmless",
} as const;

const KNOWN_SPEECH = { voiceConfig: "read" } as const;
const KNOWN_VOICE = { prebuiltVoiceConfig: "read" } as const;
const KNOWN_THINKING = { includeThoughts: "read", thinkingBudget: "read", thinkingLevel: "read" } as const;

const EFFORTS: Readonly<Record<string, ReasoningEffort>> = {
  MINIMAL: "minimal",
  LOW: "low",
  MEDIUM: "medium",
  HIGH: "high",
};

type ParsedConfig = Partial<
  Pick<
    ChatRequest,
    | "maxOutputTokens"
    | "temperature"
    | "topP"
    | "topK"
    | "seed"
    | "stop"
    | "choices"
    | "frequencyPenalty"
    | "presencePenalty"
    | "logprobs"
    | "responseFormat"
    | "modalities"
    | "speech"
    | "reasoning"
  >
>;

/** Wire format: https://ai.google.dev/api/generate-content#GenerationConfig */
export function parseGenerationConfig(config: At<JsonObject>, losses: Loss[]): ParsedConfig {
  noteUnknown(config, KNOWN, losses);
  const stop = textsMember(config, "stopSequences");
  const responseFormat = parseFormat(config, losses);
  const logprobs = parseLogprobs(config);
  const modalities = parseModalities(config);
  const speech = parseSpeech(config, losses);
  const reasoning = parseThinking(config, losses);
  return {
    ...named("maxOutputTokens", numberMember(config, "maxOutputTokens")),
    ...named("temperature", numberMember(config, "temperature")),
    ...named("topP", numberMember(config, "topP")),
    ...named("topK", numberMember(config, "topK")),
    ...named("seed", numberMember(config, "seed")),
    ...named("stop", stop),
    ...named("choices", numberMember(config, "candidateCount")),
    ...named("frequencyPenalty", numberMember(config, "frequencyPenalty")),
    ...named("presencePenalty", numberMember(config, "presencePenalty")),
    ...named("logprobs", logprobs),
    ...named("responseFormat", responseFormat),
    ...named("modalities", modalities),
    ...named("speech", speech),
    ...named("reasoning", reasoning),
  };
}

function named<K extends keyof ParsedConfig>(
  name: K,
  value: ParsedConfig[K] | undefined,
): { readonly [N in K]?: ParsedConfig[K] } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in K]: ParsedConfig[K] });
}

function parseFormat(config: At<JsonObject>, losses: Loss[]): ResponseFormat | undefined {
  const mimeType = textMember(config, "responseMimeType");
  const older = objectMember(config, "responseSchema")?.value;
  const schema =
    objectMember(config, "responseJsonSchema")?.value ??
    (older === undefined ? undefined : toJsonSchema(older));
  if (mimeType === "text/plain" || (mimeType === undefined && schema === undefined)) return undefined;
  if (mimeType !== undefined && mimeType !== "application/json") {
    const path = member(config, "responseMimeType")?.path ?? "";
    if (mimeType === "text/x.enum") {
      losses.push({ path, isHarmless: false, reason: "(one of some words) is known to Gemini alone" });
      return undefined;
    }
    throw fieldError(path, "has to be `text/plain` or `application/json`");
  }
  return schema === undefined ? { type: "json" } : { type: "json-schema", schema };
}

function parseLogprobs(config: At<JsonObject>): number | undefined {
  const count = numberMember(config, "logprobs");
  return booleanMember(config, "responseLogprobs") === true ? (count ?? 0) : undefined;
}

function parseModalities(config: At<JsonObject>): ChatRequest["modalities"] {
  const names = textsMember(config, "responseModalities");
  if (names === undefined || names.length === 0) return undefined;
  return names.map((name, index) => {
    const modality = name.toLowerCase();
    if (modality === "text" || modality === "image" || modality === "audio") return modality;
    const path = `${member(config, "responseModalities")?.path ?? ""}[${index}]`;
    throw fieldError(path, "has to be `TEXT`, `IMAGE` or `AUDIO`");
  });
}

function parseSpeech(config: At<JsonObject>, losses: Loss[]): ChatRequest["speech"] {
  const speech = objectMember(config, "speechConfig");
  if (speech === undefined) return undefined;
  noteUnknown(speech, KNOWN_SPEECH, losses);
  const voice = objectMember(speech, "voiceConfig");
  if (voice === undefined) return undefined;
  noteUnknown(voice, KNOWN_VOICE, losses);
  const prebuilt = objectMember(voice, "prebuiltVoiceConfig");
  const name = prebuilt === undefined ? undefined : textMember(prebuilt, "voiceName");
  return name === undefined ? undefined : { voice: name };
}

/** Wire format: https://ai.google.dev/api/generate-content#ThinkingConfig */
function parseThinking(config: At<JsonObject>, losses: Loss[]): ReasoningOptions | undefined {
  const thinking = objectMember(config, "thinkingConfig");
  if (thinking === undefined) return undefined;
  noteUnknown(thinking, KNOWN_THINKING, losses);
  const shows = booleanMember(thinking, "includeThoughts");
  const budget = numberMember(thinking, "thinkingBudget");
  const level = textMember(thinking, "thinkingLevel")?.toUpperCase() ?? "";
  const effort = Object.hasOwn(EFFORTS, level) ? EFFORTS[level] : undefined;
  return {
    ...(effort !== undefined && { effort }),
    ...(budget !== undefined && readBudget(budget)),
    ...(shows !== undefined && { show: shows ? "full" : "none" }),
  };
}

/** Zero turns thinking off, -1 leaves it to the model. */
function readBudget(budget: number): ReasoningOptions {
  if (budget === 0) return { effort: "none" };
  return budget < 0 ? { isAdaptive: true } : { budgetTokens: budget };
}

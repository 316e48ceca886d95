import type { ChatRequest, ChatRequestField } from "../../canonical/chat-request.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { RenderedRequest, TargetTraits } from "../dialect.ts";
import { bothChanges } from "../emulation/both-changes.ts";
import { onlyAnswer } from "../emulation/only-answer.ts";
import { emulateStopTexts } from "../emulation/stop-texts.ts";
import { mayCallOnce } from "../single-call.ts";
import { readTarget } from "./quirks.ts";
import type { RenderContext } from "./render-content.ts";
import { renderGenerationConfig } from "./render-generation-config.ts";
import { renderMessages } from "./render-messages.ts";
import { renderTools } from "./render-tools.ts";
import { answerForm } from "./structured-answer.ts";

/** Members that change nothing about the answer when they are left out. */
const HARMLESS: readonly ChatRequestField[] = ["endUser", "promptCacheKey", "verbosity"];
/** Members that Gemini has no words for. */
const UNKNOWN: readonly ChatRequestField[] = ["minP", "repetitionPenalty", "logitBias"];
/** Stop texts that Gemini takes at most; the gateway looks for more of them itself. */
const MAX_STOPS = 5;
const NO_COUNTERPART = "has no counterpart in Gemini";

const TIERS: Readonly<Record<string, string>> = {
  default: "standard",
  standard: "standard",
  flex: "flex",
  priority: "priority",
};

/** A request in Gemini's words. Wire format: https://ai.google.dev/api/generate-content#request-body */
export function renderRequest(request: ChatRequest, traits: TargetTraits): RenderedRequest {
  const context: RenderContext = { target: readTarget(traits), losses: [] };
  const form = answerForm(request, context.target);
  const { system, contents } = renderMessages(request.messages, context);
  // Gemini looks for as many as it takes, the gateway for all of them.
  const stop = request.stop?.slice(0, MAX_STOPS);
  const generationConfig = renderGenerationConfig({ ...request, ...(stop && { stop }) }, form, context);
  const tier = tierOf(request, context);
  const body: JsonObject = {
    contents,
    ...(system.length > 0 && { systemInstruction: { parts: system } }),
    ...renderTools(request, form.by === "tool" ? form.schema : undefined, context),
    ...renderSafety(request, context),
    ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
    ...renderLabels(request, context),
    ...renderStore(request, context),
    ...(tier !== undefined && !context.target.isVertex && { serviceTier: tier }),
  };
  noteLosses(request, context);
  if (form.by === "none-possible") {
    lose("responseFormat", false, context, "cannot be had of this model of Gemini, or not beside its tools");
  }
  const headers = tier !== undefined && context.target.isVertex ? tierHeaders(tier) : [];
  const cut =
    (request.stop ?? []).length > MAX_STOPS
      ? emulateStopTexts(request, (reason) => lose("stop", false, context, reason))
      : undefined;
  const change = bothChanges(form.by === "tool" ? onlyAnswer : undefined, cut);
  return {
    body,
    losses: context.losses,
    ...(headers.length > 0 && { headers }),
    ...(change !== undefined && { change }),
  };
}

/** Google AI Studio takes no method, and always judges by probability. */
function renderSafety({ safety }: ChatRequest, context: RenderContext): JsonObject {
  if (safety === undefined) return {};
  const { isVertex } = context.target;
  if (!isVertex && safety.some(({ method }) => method === "SEVERITY")) {
    lose("safety", false, context, "cannot go by severity in Google AI Studio");
  }
  return {
    safetySettings: safety.map(({ category, threshold, method }) => ({
      category,
      threshold,
      ...(isVertex && method !== undefined && { method }),
    })),
  };
}

/**
 * Vertex AI bills by labels, which are short words in lower case.
 * Source: https://cloud.google.com/vertex-ai/generative-ai/docs/add-labels-to-api-calls
 */
function renderLabels({ metadata }: ChatRequest, context: RenderContext): JsonObject {
  if (metadata === undefined) return {};
  const fits = Object.entries(metadata).every(
    ([name, value]) =>
      /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(name) &&
      /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value),
  );
  if (context.target.isVertex && fits) return { labels: metadata };
  lose("metadata", true, context, context.target.isVertex ? "can be no labels of Vertex AI" : NO_COUNTERPART);
  return {};
}

/** That nothing is kept can be said to Google AI Studio; that an answer can be asked for later has no words. */
function renderStore({ store }: ChatRequest, context: RenderContext): JsonObject {
  if (store === undefined) return {};
  if (!store && !context.target.isVertex) return { store };
  if (store) lose("store", true, context);
  return {};
}

function tierOf({ serviceTier }: ChatRequest, context: RenderContext): string | undefined {
  if (serviceTier === undefined || serviceTier === "auto") return undefined;
  const tier = Object.hasOwn(TIERS, serviceTier) ? TIERS[serviceTier] : undefined;
  if (tier === undefined) lose("serviceTier", true, context);
  return tier;
}

/** Source: https://cloud.google.com/vertex-ai/generative-ai/docs/priority-paygo */
function tierHeaders(tier: string): readonly (readonly [string, string])[] {
  return tier === "standard" ? [] : [["x-vertex-ai-llm-shared-request-type", tier]];
}

function noteLosses(request: ChatRequest, context: RenderContext): void {
  for (const field of HARMLESS) if (request[field] !== undefined) lose(field, true, context);
  for (const field of UNKNOWN) if (request[field] !== undefined) lose(field, false, context);
  const hasFunctions = request.tools?.some(({ type }) => type === "function") === true;
  if (hasFunctions && context.target.lacks.includes("tools")) {
    lose("tools", false, context, "cannot be used by this model");
  }
  if (request.parallelToolCalls === false && hasFunctions)
    lose("parallelToolCalls", mayCallOnce(request), context);
}

function lose(
  field: ChatRequestField,
  isHarmless: boolean,
  { losses }: RenderContext,
  reason: string = NO_COUNTERPART,
): void {
  losses.push({ path: { field }, isHarmless, reason });
}

import type { ChatRequest, ChatRequestField, ReasoningOptions } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { allowedTools } from "../allowed-tools.ts";
import type { RenderedRequest, TargetTraits } from "../dialect.ts";
import { argumentsOf, type ForcedTool, forcedTool } from "./forced-tool.ts";
import { noteCache, renderMessages } from "./render-messages.ts";

/** Members that change nothing about the answer when they are left out. */
const HARMLESS: readonly ChatRequestField[] = [
  "serviceTier",
  "endUser",
  "metadata",
  "promptCacheKey",
  "store",
  "verbosity",
  "safety",
];
/** Members that Ollama has no words for. */
const UNKNOWN: readonly ChatRequestField[] = ["logitBias", "speech"];

/** A request in Ollama's words. Wire format: https://docs.ollama.com/api/chat */
export function renderRequest(request: ChatRequest, traits: TargetTraits): RenderedRequest {
  const losses: Loss[] = [];
  const forced = forcedTool(
    request,
    (reason) => void losses.push({ path: { field: "toolChoice" }, isHarmless: false, reason }),
  );
  const options = renderOptions(request, forced !== undefined);
  const tools = renderTools(request, forced, losses);
  const think = renderThink(request.reasoning);
  const format = forced?.format ?? renderFormat(request);
  noteLosses(request, forced !== undefined, losses);
  const body: JsonObject = {
    model: traits.upstreamModel,
    messages: renderMessages(request.messages, losses),
    stream: request.stream,
    ...(tools !== undefined && { tools }),
    ...(format !== undefined && { format }),
    ...(think !== undefined && { think }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(request.logprobs !== undefined && { logprobs: true, top_logprobs: request.logprobs }),
  };
  return { body, losses, ...(forced !== undefined && { change: forced.change }) };
}

/**
 * https://docs.ollama.com/modelfile#parameter
 * @param isForced whether the answer is the call of a tool, in which stop texts have no say
 */
function renderOptions(request: ChatRequest, isForced: boolean): JsonObject {
  const { temperature, topP, topK, minP, seed, stop, maxOutputTokens } = request;
  const { frequencyPenalty, presencePenalty, repetitionPenalty } = request;
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(topK !== undefined && { top_k: topK }),
    ...(minP !== undefined && { min_p: minP }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && !isForced && { stop }),
    ...(maxOutputTokens !== undefined && { num_predict: maxOutputTokens }),
    ...(frequencyPenalty !== undefined && { frequency_penalty: frequencyPenalty }),
    ...(presencePenalty !== undefined && { presence_penalty: presencePenalty }),
    ...(repetitionPenalty !== undefined && { repeat_penalty: repetitionPenalty }),
  };
}

/** Ollama offers tools or does not. Of a tool that has to be used it is offered nothing else. */
function renderTools(
  { tools = [], toolChoice }: ChatRequest,
  forced: ForcedTool | undefined,
  losses: Loss[],
): readonly JsonObject[] | undefined {
  if (toolChoice?.type === "none") return undefined;
  // A tool that has to be used is chosen elsewhere.
  const narrowed = toolChoice?.type === "auto" ? toolChoice : undefined;
  const allowed = allowedTools(tools, narrowed, (loss) => losses.push(loss));
  const rendered = tools.flatMap((tool, index): JsonObject[] => {
    if (tool.type === "vendor") {
      losses.push({
        path: `tools[${index}]`,
        isHarmless: false,
        reason: `(${tool.name}) has no counterpart in Ollama`,
      });
      return [];
    }
    if (allowed !== undefined && !allowed.includes(tool.name)) return [];
    if (forced !== undefined && !forced.tools.includes(tool)) return [];
    noteCache(tool, `tools[${index}]`, losses);
    if (tool.strict === true) {
      const reason = "cannot be promised by Ollama";
      losses.push({ path: `tools[${index}].strict`, isHarmless: true, reason });
    }
    const { name, description = "" } = tool;
    return [{ type: "function", function: { name, description, parameters: argumentsOf(tool) } }];
  });
  return rendered.length === 0 ? undefined : rendered;
}

function renderFormat({ responseFormat }: ChatRequest): JsonObject | "json" | undefined {
  if (responseFormat?.type === "json") return "json";
  return responseFormat?.type === "json-schema" ? responseFormat.schema : undefined;
}

/** `true`, `false` or a level: which of them a model takes is the model's business (https://docs.ollama.com/capabilities/thinking). */
function renderThink(reasoning: ReasoningOptions | undefined): boolean | string | undefined {
  switch (reasoning?.effort) {
    case undefined:
      return reasoning === undefined ? undefined : reasoning.budgetTokens !== 0;
    case "none":
      return false;
    case "minimal":
    case "low":
      return "low";
    case "medium":
      return "medium";
    case "high":
    case "xhigh":
    case "max":
      return "high";
  }
}

function noteLosses(request: ChatRequest, isForced: boolean, losses: Loss[]): void {
  const { effort, budgetTokens } = request.reasoning ?? {};
  if (budgetTokens !== undefined && (budgetTokens > 0 || effort !== undefined)) {
    const reason = "is told without its number of tokens, which Ollama does not take";
    losses.push({ path: { field: "reasoning" }, isHarmless: true, isChanged: true, reason });
  }
  const reason = "has no counterpart in Ollama";
  for (const field of HARMLESS)
    if (request[field] !== undefined) losses.push({ path: { field }, isHarmless: true, reason });
  for (const field of UNKNOWN)
    if (request[field] !== undefined) losses.push({ path: { field }, isHarmless: false, reason });
  if (request.choices !== undefined && request.choices > 1)
    losses.push({ path: { field: "choices" }, isHarmless: false, reason: "can be 1 only for Ollama" });
  // A call that is forced is a single one.
  if (request.parallelToolCalls === false && !isForced)
    losses.push({
      path: { field: "parallelToolCalls" },
      isHarmless: false,
      reason: "cannot be switched off for Ollama",
    });
  if (request.modalities?.some((modality) => modality !== "text") === true)
    losses.push({ path: { field: "modalities" }, isHarmless: false, reason: "can be text only for Ollama" });
}

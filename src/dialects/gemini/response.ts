import type { ChatChoice, ChatResponse } from "../../canonical/chat-response.ts";
import type { AssistantPart, TextPart } from "../../canonical/content.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callWord, unlessMalformed } from "../malformed-call.ts";
import { isOwnResult, readAnswerPart } from "./answer-part.ts";
import { answerCallId } from "./call-id.ts";
import { type FoundCitation, placeCitation, readCitations } from "./citations.ts";
import { candidateFailure, readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { soundFormat } from "./media-type.ts";
import { readServiceTier, readUsage } from "./usage.ts";

/** What the head of an answer, or of a chunk of one, says. */
export interface AnswerHead {
  readonly id: string;
  readonly model: string;
  readonly createdS?: number;
}

/**
 * A whole answer; `undefined` where the value is none.
 * Wire format: https://ai.google.dev/api/generate-content#GenerateContentResponse
 */
export function parseResponse(answer: JsonObject, model: string): ChatResponse | undefined {
  try {
    return unlessMalformed(() => readAnswer(answer, model));
  } catch (thrown) {
    // Arguments that are nested beyond all measure can be read, but not written again.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function readAnswer(answer: JsonObject, model: string): ChatResponse | undefined {
  const candidates: readonly unknown[] = Array.isArray(answer["candidates"]) ? answer["candidates"] : [];
  const blocked = readBlock(answer);
  if (blocked === undefined && !candidates.some(isJsonObject)) return undefined;
  const head = readHead(answer, model);
  const reader = new CandidateReader(head.id);
  const choices = candidates.flatMap((candidate, index) =>
    isJsonObject(candidate) ? [reader.read(candidate as JsonObject, index)] : [],
  );
  const failures = candidates.map((candidate) =>
    isJsonObject(candidate) ? candidateFailure(candidate as JsonObject) : undefined,
  );
  const [error] = failures.includes(undefined) ? [] : failures;
  const usage = readUsage(answer["usageMetadata"]);
  const serviceTier = readServiceTier(answer["usageMetadata"]);
  return {
    ...head,
    choices: choices.length > 0 ? choices : [{ index: 0, content: [], finishReason: "content-filter" }],
    ...(usage !== undefined && { usage }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...(error !== undefined && { error }),
    ...(blocked !== undefined && choices.length === 0 && { promptBlocked: blocked }),
  };
}

/** Id, model and time of an answer. An id is made where there is none. */
export function readHead({ responseId, modelVersion, createTime }: JsonObject, model: string): AnswerHead {
  const hasId = typeof responseId === "string" && responseId !== "";
  const createdMs = typeof createTime === "string" ? Date.parse(createTime) : Number.NaN;
  return {
    id: hasId ? responseId : crypto.randomUUID().replaceAll("-", ""),
    model: typeof modelVersion === "string" && modelVersion !== "" ? modelVersion : model,
    ...(Number.isFinite(createdMs) && { createdS: Math.floor(createdMs / 1_000) }),
  };
}

/** Why the prompt was not looked at; `undefined` where it was. */
export function readBlock({ promptFeedback }: JsonObject): string | undefined {
  if (!isJsonObject(promptFeedback)) return undefined;
  const { blockReason, blockReasonMessage } = promptFeedback as JsonObject;
  if (typeof blockReason !== "string") return undefined;
  return typeof blockReasonMessage === "string" ? `${blockReason}: ${blockReasonMessage}` : blockReason;
}

/** Reads candidates one after the other; ids of calls are numbered through all of them. */
class CandidateReader {
  readonly #answerId: string;
  #calls = 0;

  constructor(answerId: string) {
    this.#answerId = answerId;
  }

  read(candidate: JsonObject, index: number): ChatChoice {
    const { content, finishReason } = candidate;
    const parts: readonly unknown[] =
      isJsonObject(content) && Array.isArray(content["parts"]) ? content["parts"] : [];
    const read = parts.map((part) => this.#part(part));
    const cited = cite(read, readCitations(candidate));
    const calls = cited.filter(({ type }) => type === "tool-call").length;
    const waiting = calls - parts.filter(isOwnResult).length;
    const logprobs = readLogprobs(candidate["logprobsResult"]);
    return {
      index: typeof candidate["index"] === "number" ? candidate["index"] : index,
      content: cited,
      finishReason: readFinishReason(typeof finishReason === "string" ? finishReason : "", waiting > 0),
      ...(logprobs !== undefined && { logprobs }),
    };
  }

  #part(value: unknown): AssistantPart | undefined {
    const part = readAnswerPart(value);
    switch (part?.type) {
      case "text":
        return { type: "text", text: part.text, ...signed(part.seal) };
      case "reasoning":
        return { type: "reasoning", text: part.text, isSummary: true, ...signed(part.seal) };
      case "image":
        return part.image;
      case "sound":
        return { type: "spoken", data: part.data, format: soundFormat(part.mediaType) };
      case "vendor":
        return { type: "vendor", dialect: "gemini", value: part.value };
      case "call":
        return this.#call(part.call, part.seal);
      default:
        return undefined;
    }
  }

  #call({ id, name: given, args }: JsonObject, seal: string | undefined): AssistantPart {
    const name = callWord(given, "name");
    const text = argumentsText(args);
    if (name === answerToolName) return { ...answerPart, text, ...signed(seal) };
    const made = answerCallId(this.#answerId, this.#calls++);
    const callId = typeof id === "string" && id !== "" ? id : made;
    return { type: "tool-call", id: callId, name, arguments: text, ...signed(seal) };
  }
}

function signed(seal: string | undefined): Pick<TextPart, "signature"> {
  return seal === undefined ? {} : { signature: { dialect: "gemini", value: seal } };
}

/** Gives each citation to the text that it stands in: the named part, or the first one that has its words. */
function cite(
  parts: readonly (AssistantPart | undefined)[],
  citations: readonly FoundCitation[],
): readonly AssistantPart[] {
  const present = parts.filter((part) => part !== undefined);
  const texts = present.filter((part) => part.type === "text");
  if (citations.length === 0 || texts.length === 0) return present;
  const given = new Map<AssistantPart, ReturnType<typeof placeCitation>[]>();
  for (const found of citations) {
    const named = parts[found.partIndex];
    const order = named?.type === "text" ? [named, ...texts] : texts;
    const placed = order.map((part) => ({ part, citation: placeCitation(found, part.text) }));
    const best = placed.find(({ citation }) => citation.end !== undefined) ?? placed[0];
    if (best !== undefined) given.set(best.part, [...(given.get(best.part) ?? []), best.citation]);
  }
  return present.map((part) => {
    const own = given.get(part);
    return part.type === "text" && own !== undefined ? { ...part, citations: own } : part;
  });
}

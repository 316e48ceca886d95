import type { ChatChoice, ChatResponse } from "../../canonical/chat-response.ts";
import type {
  AssistantPart,
  ImagePart,
  SpokenPart,
  TextPart,
  ToolCallPart,
} from "../../canonical/content.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import type { AnswerContext } from "../dialect.ts";
import { renderAnnotation } from "./citations.ts";
import { renderExtraContent, renderTextSeals, type SealedText } from "./extra-content.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { renderLogprobs } from "./logprobs.ts";
import { needsDetail, renderDetail } from "./reasoning-details.ts";
import { renderUsage } from "./usage.ts";

/** A whole answer for a caller. Wire format: https://platform.openai.com/docs/api-reference/chat/object */
export function renderResponse(response: ChatResponse, context: AnswerContext): JsonObject {
  const { id, createdS, choices, usage, serviceTier, promptBlocked } = response;
  return {
    id,
    object: "chat.completion",
    created: createdS ?? context.nowS,
    model: context.model,
    choices: choices.map((choice) => renderChoice(choice, promptBlocked, context)),
    ...(usage !== undefined && { usage: renderUsage(usage) }),
    ...(serviceTier !== undefined && { service_tier: serviceTier }),
  };
}

function renderChoice(
  choice: ChatChoice,
  promptBlocked: string | undefined,
  context: AnswerContext,
): JsonObject {
  const { index, content, finishReason, logprobs } = choice;
  const message = renderMessage(content, promptBlocked, context.request.functionCallsOnly === true);
  const word = renderFinishReason(finishReason, message["refusal"] !== null);
  return {
    index,
    message,
    logprobs: logprobs === undefined ? null : renderLogprobs(logprobs),
    finish_reason: message["function_call"] !== undefined && word === "tool_calls" ? "function_call" : word,
  };
}

function renderMessage(
  content: readonly AssistantPart[],
  promptBlocked: string | undefined,
  functionCallsOnly: boolean,
): JsonObject {
  const texts = content.filter((part) => part.type === "text");
  const refusals = content.flatMap((part) => (part.type === "refusal" ? [part.text] : []));
  const spoken = content.find((part) => part.type === "spoken");
  const calls = content.flatMap(renderCall);
  // Why a prompt was not even looked at is the only thing that such an answer says.
  const refusal =
    refusals.length > 0 ? refusals.join("\n") : content.length === 0 ? promptBlocked : undefined;
  const text = texts.map((part) => part.text).join("");
  const isElsewhere = calls.length > 0 || refusal !== undefined || spoken !== undefined;
  const annotations = renderAnnotations(texts);
  const seals = renderTextSeals(sealedTexts(texts));
  return {
    role: "assistant",
    content: text === "" && isElsewhere ? null : text,
    refusal: refusal ?? null,
    ...renderThoughts(content),
    ...(annotations.length > 0 && { annotations }),
    ...(spoken !== undefined && { audio: renderAudio(spoken) }),
    ...renderImages(content),
    ...(seals !== undefined && { extra_content: seals }),
    ...renderCalls(calls, functionCallsOnly),
  };
}

function sealedTexts(texts: readonly TextPart[]): readonly SealedText[] {
  let start = 0;
  return texts.flatMap(({ text, signature }) => {
    const end = start + text.length;
    const sealed = signature === undefined ? [] : [{ start, end, signature }];
    start = end;
    return sealed;
  });
}

/** Callers that know one function call only are told the first one. */
function renderCalls(calls: readonly JsonObject[], functionCallsOnly: boolean): JsonObject {
  const [first] = calls;
  if (first === undefined) return {};
  return functionCallsOnly ? { function_call: first["function"] } : { tool_calls: calls };
}

function renderThoughts(content: readonly AssistantPart[]): JsonObject {
  const thoughts = content.filter((part) => part.type === "reasoning");
  if (thoughts.length === 0) return {};
  const text = thoughts
    .map((part) => part.text)
    .filter((words) => words !== "")
    .join("\n");
  return {
    ...(text !== "" && { reasoning_content: text }),
    ...(thoughts.some(needsDetail) && { reasoning_details: thoughts.map(renderDetail) }),
  };
}

/** Citations count from the beginning of the message, of which a part may be the rest only. */
function renderAnnotations(texts: readonly TextPart[]): readonly JsonObject[] {
  const annotations: JsonObject[] = [];
  let from = 0;
  for (const { text, citations = [] } of texts) {
    for (const citation of citations) {
      const annotation = renderAnnotation(citation, from, text.length);
      if (annotation !== undefined) annotations.push(annotation);
    }
    from += text.length;
  }
  return annotations;
}

function renderAudio({ id, data, transcript, expiresAt }: SpokenPart): JsonObject {
  return { id: id ?? "", data: data ?? "", expires_at: expiresAt ?? 0, transcript: transcript ?? "" };
}

function renderImages(content: readonly AssistantPart[]): JsonObject {
  const images = content.flatMap((part) => (part.type === "image" ? renderImageUrl(part) : []));
  return images.length === 0 ? {} : { images };
}

/** An image that the model has made, with its vendor's signature: models that go on from it want to see that again. */
export function renderImageUrl({ source, signature }: ImagePart): readonly JsonObject[] {
  if (source.kind === "file-id") return [];
  const url = source.kind === "url" ? source.url : `data:${source.mediaType};base64,${source.data}`;
  const extra = signature !== undefined && { extra_content: renderExtraContent(signature) };
  return [{ type: "image_url", image_url: { url }, ...extra }];
}

function renderCall(part: AssistantPart): readonly JsonObject[] {
  if (part.type === "tool-call") return [renderFunctionCall(part)];
  return part.type === "vendor" && isOwnCall(part.dialect, part.value) ? [part.value as JsonObject] : [];
}

/** Whether something that only one dialect knows is a call that callers of this one know. */
export function isOwnCall(dialect: string, value: Json): boolean {
  return dialect === "openai-chat" && isJsonObject(value) && typeof value["id"] === "string";
}

function renderFunctionCall({ id, name, arguments: text, signature }: ToolCallPart): JsonObject {
  return {
    id,
    type: "function",
    function: { name, arguments: text },
    ...(signature !== undefined && { extra_content: renderExtraContent(signature) }),
  };
}

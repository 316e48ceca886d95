import type { ChatResponse, TokenLogprob } from "../../canonical/chat-response.ts";
import type { AssistantPart, ReasoningPart } from "../../canonical/content.ts";
import type { JsonObject } from "../../kernel/json.ts";
import {
  callItem,
  carrierItem,
  imageItem,
  messageItem,
  messagePart,
  phaseOf,
  thinkingItem,
} from "./answer-item.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { type ItemIds, itemIds } from "./item-id.ts";
import { vendorItem } from "./render-content.ts";
import { isSameItem } from "./render-reasoning.ts";
import { endMembers, type ResponsesContext, requestMembers, showsAsSummary } from "./response-members.ts";
import { renderUsage } from "./usage.ts";

/**
 * A whole answer. There is one choice here: further ones are not asked for.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/object
 */
export function renderResponse(response: ChatResponse, context: ResponsesContext): JsonObject {
  const { usage, serviceTier, createdS = context.nowS, error } = response;
  const ids = itemIds(context.requestId);
  const [choice] = response.choices;
  const content = choice?.content ?? [];
  const hasRefusal = content.some(({ type }) => type === "refusal");
  const end = renderFinishReason(choice?.finishReason ?? "other", hasRefusal);
  const output = new Output(ids, showsAsSummary(context.request), choice?.logprobs ?? []);
  for (const part of content) output.add(part);
  return {
    id: responseId(response.id, ids),
    object: "response",
    created_at: createdS,
    model: context.model,
    ...endMembers(end, error && { code: "server_error", message: error.message }),
    output: output.end(end.status === "completed" ? "completed" : "incomplete"),
    usage: usage === undefined ? null : renderUsage(usage),
    service_tier: serviceTier ?? "default",
    ...requestMembers(context),
  };
}

/** The vendor's id where it is one of this dialect. */
export function responseId(id: string, ids: ItemIds): string {
  return id.startsWith("resp_") ? id : ids.response;
}

/** Makes items of parts, in the same way as a stream of them does. */
class Output {
  readonly #ids: ItemIds;
  readonly #isSummary: (part: ReasoningPart) => boolean;
  #logprobs: readonly TokenLogprob[];
  readonly #items: JsonObject[] = [];
  #parts: JsonObject[] = [];
  #phase: string | undefined;
  #thinking: ReasoningPart[] = [];

  constructor(ids: ItemIds, isSummary: (part: ReasoningPart) => boolean, logprobs: readonly TokenLogprob[]) {
    this.#ids = ids;
    this.#isSummary = isSummary;
    this.#logprobs = logprobs;
  }

  add(part: AssistantPart): void {
    if (part.type === "reasoning") {
      this.#flushMessage();
      if (!isSameItem(this.#thinking[0], part)) this.#flushThinking();
      this.#thinking.push(part);
      return;
    }
    this.#flushThinking();
    const signature = "signature" in part ? part.signature : undefined;
    const rendered = messagePart(part, part.type === "text" ? this.#logprobs : []);
    if (rendered !== undefined) {
      // Tokens are told for the answer as a whole: they stand with its first text.
      if (part.type === "text") this.#logprobs = [];
      this.#parts.push(rendered);
      this.#phase = phaseOf(signature);
      if (signature !== undefined) this.#flushMessage();
    } else this.#addItem(part);
    const carrier = carrierItem(this.#ids.item("rs", this.#next), signature);
    if (carrier !== undefined) this.#items.push(carrier);
  }

  end(status: "completed" | "incomplete"): readonly JsonObject[] {
    this.#flushThinking();
    this.#flushMessage(status);
    return this.#items;
  }

  get #next(): number {
    return this.#items.length;
  }

  #addItem(part: AssistantPart): void {
    this.#flushMessage();
    switch (part.type) {
      case "tool-call":
        this.#items.push(callItem(this.#ids.item("fc", this.#next), "completed", part, part.arguments));
        return;
      case "image": {
        const id = phaseOf(part.signature) ?? this.#ids.item("ig", this.#next);
        if (part.source.kind === "base64") this.#items.push(imageItem(id, part.source.data));
        return;
      }
      case "vendor": {
        const item = vendorItem(part);
        if (item !== undefined) this.#items.push(item);
        return;
      }
      default:
        return;
    }
  }

  #flushThinking(): void {
    const parts = this.#thinking;
    if (parts.length === 0) return;
    this.#thinking = [];
    const id = parts[0]?.id ?? this.#ids.item("rs", this.#next);
    this.#items.push(thinkingItem(id, parts, this.#isSummary));
  }

  #flushMessage(status: "completed" | "incomplete" = "completed"): void {
    if (this.#parts.length > 0) {
      const id = this.#ids.item("msg", this.#next);
      this.#items.push(messageItem(id, status, this.#parts, this.#phase));
    }
    this.#parts = [];
    this.#phase = undefined;
  }
}

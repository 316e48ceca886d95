import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type { Signature } from "../../canonical/content.ts";
import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IngressError, StreamEncoder, ToldAnswer } from "../dialect.ts";
import { carrierItem, imageItem, messagePart } from "./answer-item.ts";
import { errorEvent } from "./error.ts";
import { EventWriter } from "./event-writer.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { type ItemIds, itemIds } from "./item-id.ts";
import { vendorItem } from "./render-content.ts";
import { responseId } from "./render-response.ts";
import { endMembers, type ResponsesContext, requestMembers, showsAsSummary } from "./response-members.ts";
import { StreamedCall } from "./streamed-call.ts";
import { type StreamedContent, type StreamedItem, WholeItem } from "./streamed-item.ts";
import { StreamedMessage } from "./streamed-message.ts";
import { StreamedReasoning } from "./streamed-reasoning.ts";
import { renderUsage } from "./usage.ts";

type Event<T extends StreamEvent["type"]> = Extract<StreamEvent, { readonly type: T }>;

/**
 * Puts an answer together as `response.*` events. There is one choice here: further ones are not asked for.
 * Wire format: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesStreamEncoder implements StreamEncoder {
  readonly #context: ResponsesContext;
  readonly #ids: ItemIds;
  readonly #writer = new EventWriter();
  readonly #items: StreamedItem[] = [];
  readonly #parts = new Map<number, StreamedContent>();
  /** The text that was begun last, and tokens that came before it. */
  #text: StreamedContent | undefined;
  #logprobs: readonly TokenLogprob[] = [];
  /** JSON text of the members that every snapshot of the answer begins and ends with. */
  #head = "";
  #tail = "";
  #serviceTier = "auto";
  #reason: FinishReason = "other";
  #hasRefusal = false;
  #usage: Usage | undefined;
  #answer: Required<ToldAnswer> | undefined;
  #id = "";

  constructor(context: ResponsesContext) {
    this.#context = context;
    this.#ids = itemIds(context.requestId);
  }

  /** The answer's id and the JSON text of its list of items, once it is whole: what has to be kept of it. */
  get answer(): Required<ToldAnswer> | undefined {
    return this.#answer;
  }

  encode(event: StreamEvent): string {
    switch (event.type) {
      case "delta":
        return event.choice === 0 ? this.#delta(event) : "";
      case "start":
        return this.#start(event);
      case "part-start":
        return event.choice === 0 ? this.#partStart(event) : "";
      case "part-end":
        return event.choice === 0 ? this.#partEnd(event.part) : "";
      case "whole-part":
        return event.choice === 0 ? this.#wholePart(event.content) : "";
      case "citation":
        return (event.choice === 0 && this.#parts.get(event.part)?.cite(event.citation)) || "";
      case "signature":
        if (event.choice === 0) this.#parts.get(event.part)?.sign(event.signature);
        return "";
      case "logprobs":
        return event.choice === 0 ? this.#tokens(event.logprobs) : "";
      case "finish":
        if (event.choice === 0) this.#reason = event.reason;
        return "";
      case "usage":
        this.#usage = event.usage;
        return "";
      case "ping":
        return ": ping\n\n";
      case "end":
        return this.#end();
      case "sound":
      case "error":
        // Sound has no place here; an error comes through `fail`, in the gateway's words.
        return "";
    }
  }

  fail(error: IngressError): string {
    return errorEvent(error, this.#writer.next);
  }

  #start({ id, createdS = this.#context.nowS, serviceTier }: Event<"start">): string {
    const { model } = this.#context;
    this.#id = responseId(id, this.#ids);
    this.#serviceTier = serviceTier ?? this.#serviceTier;
    this.#head = members({ id: this.#id, object: "response", created_at: createdS, model });
    this.#tail = members(requestMembers(this.#context));
    const state = members({ status: "in_progress", error: null, incomplete_details: null });
    return (
      this.#snapshot("response.created", state, "[]") + this.#snapshot("response.in_progress", state, "[]")
    );
  }

  #snapshot(type: string, state: string, output: string): string {
    return this.#writer.event(type, `"response":${this.#response(state, output)}`);
  }

  #response(state: string, output: string): string {
    const usage = this.#usage === undefined ? "null" : JSON.stringify(renderUsage(this.#usage));
    const tier = JSON.stringify(this.#serviceTier);
    return `{${this.#head},${state},"output":${output},"usage":${usage},"service_tier":${tier},${this.#tail}}`;
  }

  #partStart({ part, content }: Event<"part-start">): string {
    switch (content.type) {
      case "text":
      case "spoken":
        return this.#beginText(part, "text");
      case "refusal":
        this.#hasRefusal = true;
        return this.#beginText(part, "refusal");
      case "reasoning":
        return this.#beginThinking(part, content);
      case "tool-call": {
        const call = new StreamedCall(this.#writer, this.#nextId("fc"), this.#items.length, content);
        if (content.signature !== undefined) call.sign(content.signature);
        const begun = this.#beginItem(call);
        this.#parts.set(part, call);
        return begun;
      }
    }
  }

  #beginText(part: number, kind: "text" | "refusal"): string {
    const last = this.#items.at(-1);
    let begun = "";
    let message: StreamedMessage;
    if (last instanceof StreamedMessage && !last.isClosed) message = last;
    else {
      message = new StreamedMessage(this.#writer, this.#nextId("msg"), this.#items.length);
      begun = this.#beginItem(message);
    }
    const [content, events] = message.add(kind);
    this.#parts.set(part, content);
    if (kind === "refusal") return begun + events;
    this.#text = content;
    const logprobs = this.#logprobs;
    this.#logprobs = [];
    return begun + events + (logprobs.length > 0 ? content.logprobs(logprobs) : "");
  }

  #beginThinking(
    part: number,
    { id, isSummary = false, redacted }: Extract<StreamedPart, { readonly type: "reasoning" }>,
  ): string {
    const last = this.#items.at(-1);
    let begun = "";
    let item: StreamedReasoning;
    if (last instanceof StreamedReasoning && !last.isClosed && id !== undefined && last.partId === id)
      item = last;
    else {
      item = new StreamedReasoning(this.#writer, id ?? this.#nextId("rs"), this.#items.length, id);
      begun = this.#beginItem(item);
    }
    this.#parts.set(part, item.add(showsAsSummary(this.#context.request)({ isSummary }), redacted));
    return begun;
  }

  /** The item before is over, unless some part of it still comes. */
  #beginItem(item: StreamedItem): string {
    const last = this.#items.at(-1);
    const ended = last !== undefined && last.openParts === 0 ? last.end() : "";
    this.#items.push(item);
    return ended + item.begin();
  }

  #delta({ part, text }: Event<"delta">): string {
    return this.#parts.get(part)?.delta(text) ?? "";
  }

  #tokens(logprobs: readonly TokenLogprob[]): string {
    if (this.#text !== undefined) return this.#text.logprobs(logprobs);
    this.#logprobs = [...this.#logprobs, ...logprobs];
    return "";
  }

  #partEnd(part: number): string {
    const content = this.#parts.get(part);
    if (content === undefined) return "";
    this.#parts.delete(part);
    if (this.#text === content) this.#text = undefined;
    const { item } = content;
    const ended = content.endPart();
    const isOver = item.openParts === 0 && (item.isClosed || item !== this.#items.at(-1));
    return ended + (isOver ? item.end() : "") + this.#carry(content.foreignSignature);
  }

  #carry(signature: Signature | undefined): string {
    const item = carrierItem(this.#nextId("rs"), signature);
    return item === undefined ? "" : this.#whole(item);
  }

  #wholePart(content: Event<"whole-part">["content"]): string {
    if (content.type === "vendor") {
      const item = vendorItem(content);
      return item === undefined ? "" : this.#whole(item);
    }
    const { source, signature } = content;
    const words = messagePart(content, []);
    if (words !== undefined) {
      const text = String(words["text"]);
      return this.#beginText(-1, "text") + this.#delta(delta(text)) + this.#partEnd(-1);
    }
    if (source.kind !== "base64") return "";
    const id = signature?.dialect === "openai-responses" ? signature.value : this.#nextId("ig");
    return this.#whole(imageItem(id, source.data)) + this.#carry(signature);
  }

  #whole(item: JsonObject): string {
    // What comes from the vendor itself may have anything in its place.
    const { id } = item;
    const whole = new WholeItem(this.#writer, typeof id === "string" ? id : "", this.#items.length, item);
    return this.#beginItem(whole) + whole.end();
  }

  #nextId(prefix: "msg" | "rs" | "fc" | "ig"): string {
    return this.#ids.item(prefix, this.#items.length);
  }

  #end(): string {
    const end = renderFinishReason(this.#reason, this.#hasRefusal);
    let text = "";
    for (const part of [...this.#parts.keys()]) text += this.#partEnd(part);
    for (const item of this.#items) text += item.end(end.status === "completed" ? "completed" : "incomplete");
    const output = `[${this.#items.map(({ json = "null" }) => json).join(",")}]`;
    if (this.#serviceTier === "auto") this.#serviceTier = "default";
    const response = this.#response(members(endMembers(end)), output);
    this.#answer = { id: this.#id, output, response };
    return text + this.#writer.event(`response.${end.status}`, `"response":${response}`);
  }
}

function delta(text: string): Event<"delta"> {
  return { type: "delta", choice: 0, part: -1, text };
}

/** The members of an object as JSON text without braces. */
function members(object: JsonObject): string {
  return JSON.stringify(object).slice(1, -1);
}

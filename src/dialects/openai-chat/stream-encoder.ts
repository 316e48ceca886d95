import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { AnswerContext, IngressError, StreamEncoder } from "../dialect.ts";
import { ChoiceEncoder } from "./choice-encoder.ts";
import { renderError } from "./error.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { renderUsage } from "./usage.ts";

type Started = Extract<StreamEvent, { type: "start" }>;

/**
 * Puts a stream of chunks together: a chunk with the role for each choice, pieces, a chunk with the finish reason, the
 * usage where it was asked for, and the end marker.
 * Wire format: https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class ChatStreamEncoder implements StreamEncoder {
  readonly #context: AnswerContext;
  readonly #hasUsage: boolean;
  readonly #choices = new Map<number, ChoiceEncoder>();
  /** What every chunk begins with, up to its choices. */
  #head = "";
  #usage: Usage | undefined;

  constructor(context: AnswerContext) {
    this.#context = context;
    this.#hasUsage = context.request.streamUsage === true;
  }

  encode(event: StreamEvent): string {
    switch (event.type) {
      case "start":
        return this.#start(event);
      case "ping":
        return ": ping\n\n";
      case "usage":
        this.#usage = event.usage;
        return "";
      case "finish":
        return this.#finish(event.choice, event.reason);
      case "end":
        return this.#end();
      case "error":
        // Told by `fail`, in the gateway's own words.
        return "";
      default:
        return this.#piece(event.choice, event);
    }
  }

  fail(error: IngressError): string {
    return `data: ${JSON.stringify(renderError(error))}\n\n`;
  }

  #start({ id, createdS, serviceTier }: Started): string {
    const head = {
      id,
      object: "chat.completion.chunk",
      created: createdS ?? this.#context.nowS,
      model: this.#context.model,
      ...(serviceTier !== undefined && { service_tier: serviceTier }),
    };
    this.#head = `data: ${JSON.stringify(head).slice(0, -1)},"choices":[`;
    return this.#role(0);
  }

  #role(choice: number): string {
    if (this.#choices.has(choice)) return "";
    this.#choices.set(choice, new ChoiceEncoder(this.#context.request.functionCallsOnly === true));
    return this.#chunk(choice, `{"role":"assistant","content":"","refusal":null}`, "null", "null");
  }

  #piece(choice: number, event: Parameters<ChoiceEncoder["delta"]>[0]): string {
    const role = this.#role(choice);
    const encoder = this.#choices.get(choice);
    const delta = encoder?.delta(event) ?? "";
    return delta === "" ? role : role + this.#chunk(choice, delta, encoder?.takeLogprobs() ?? "null", "null");
  }

  #finish(choice: number, reason: FinishReason): string {
    const role = this.#role(choice);
    const encoder = this.#choices.get(choice);
    const word = renderFinishReason(reason, encoder?.hasRefusal === true);
    const told = encoder?.hasFunctionCall === true && word === "tool_calls" ? "function_call" : word;
    return (
      role + this.#chunk(choice, encoder?.last() ?? "{}", encoder?.takeLogprobs() ?? "null", `"${told}"`)
    );
  }

  #end(): string {
    const usage = this.#usage;
    const told: JsonObject | undefined = usage === undefined ? undefined : renderUsage(usage);
    const last =
      this.#hasUsage && told !== undefined ? `${this.#head}],"usage":${JSON.stringify(told)}}\n\n` : "";
    return `${last}data: [DONE]\n\n`;
  }

  #chunk(choice: number, delta: string, logprobs: string, reason: string): string {
    // OpenAI's chunks say that usage is still to come, where it was asked for.
    const usage = this.#hasUsage ? `,"usage":null` : "";
    return `${this.#head}{"index":${choice},"delta":${delta},"logprobs":${logprobs},"finish_reason":${reason}}]${usage}}\n\n`;
  }
}

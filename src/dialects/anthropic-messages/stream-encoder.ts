import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { AnswerContext, IngressError, StreamEncoder } from "../dialect.ts";
import { BlockWriter } from "./block-writer.ts";
import { renderError } from "./error.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { messageId } from "./message-id.ts";
import { refusalDetails } from "./refusal-details.ts";
import { renderEvent } from "./render-event.ts";
import { renderAnswerTier } from "./service-tier.ts";
import { renderUsage } from "./usage.ts";

/**
 * Puts a stream together for Anthropic's clients: `message_start`, one block after the other, `message_delta` with the
 * totals of usage, `message_stop`. Blocks never overlap: what comes for a later part waits until the one before it has
 * ended.
 * Wire format: https://docs.anthropic.com/en/docs/build-with-claude/streaming
 */
export class AnthropicStreamEncoder implements StreamEncoder {
  readonly #context: AnswerContext;
  readonly #blocks = new BlockWriter();
  #usage: Usage | undefined;
  #tier: string | null = null;
  #reason: FinishReason = "other";
  #stopText: string | null = null;

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  encode(event: StreamEvent): string {
    switch (event.type) {
      case "start":
        return this.#start(event);
      case "finish":
        if (event.choice === 0) {
          this.#reason = event.reason;
          this.#stopText = event.stopText ?? null;
        }
        return "";
      case "usage":
        this.#usage = event.usage;
        return "";
      case "ping":
        return renderEvent({ type: "ping" });
      case "error": {
        const { kind, message } = event.error;
        return renderEvent(renderError({ status: 502, code: "LK-3012", kind, message }));
      }
      case "end":
        return this.#blocks.close() + this.#end();
      case "logprobs":
      case "sound":
        return "";
      default:
        return event.choice === 0 ? this.#blocks.write(event) : "";
    }
  }

  fail(error: IngressError): string {
    return renderEvent(renderError(error));
  }

  #start({ id, usage, serviceTier }: StreamEvent & { readonly type: "start" }): string {
    this.#tier = renderAnswerTier(serviceTier);
    this.#usage = usage;
    const message: JsonObject = {
      id: messageId(id, this.#context),
      type: "message",
      role: "assistant",
      model: this.#context.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      container: null,
      diagnostics: null,
      usage: renderUsage(usage, this.#tier),
    };
    return renderEvent({ type: "message_start", message });
  }

  #end(): string {
    const { refusal } = this.#blocks;
    const isRefusal = refusal !== undefined && this.#reason === "stop";
    const delta = {
      stop_reason: renderFinishReason(isRefusal ? "refusal" : this.#reason),
      stop_sequence: this.#stopText,
      stop_details: refusalDetails(refusal),
      container: null,
    };
    const totals = renderUsage(this.#usage, this.#tier);
    const usage: JsonObject = {
      input_tokens: totals["input_tokens"],
      cache_creation_input_tokens: totals["cache_creation_input_tokens"],
      cache_read_input_tokens: totals["cache_read_input_tokens"],
      cache_creation: totals["cache_creation"],
      output_tokens: totals["output_tokens"],
      output_tokens_details: totals["output_tokens_details"],
      server_tool_use: null,
    };
    return renderEvent({ type: "message_delta", delta, usage }) + renderEvent({ type: "message_stop" });
  }
}

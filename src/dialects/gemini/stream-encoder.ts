import type { TokenLogprob } from "../../canonical/chat-response.ts";
import type { Citation, Signature } from "../../canonical/content.ts";
import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { AnswerContext, IngressError, StreamEncoder } from "../dialect.ts";
import { ChunkWriter } from "./chunk-writer.ts";
import { renderError } from "./error.ts";
import { renderFinishReason } from "./finish-reason.ts";
import { renderLogprobs } from "./logprobs.ts";
import {
  renderAnswerPart,
  renderCall,
  renderFirstCall,
  renderImage,
  renderSeal,
  renderSound,
  renderThought,
} from "./render-answer-part.ts";
import { renderCitations } from "./render-citations.ts";
import { renderUsage } from "./usage.ts";

interface OpenPart {
  readonly content: StreamedPart;
  /** Of a call: its arguments so far, which Gemini says as a whole; of words: all so far, for places of citations. */
  text: string;
  signature?: Signature;
  readonly citations: Citation[];
}

/** What is known of a candidate. */
class CandidateState {
  readonly open = new Map<number, OpenPart>();
  /** Texts with sources, which the last chunk names. */
  readonly cited: OpenPart[] = [];
  readonly logprobs: TokenLogprob[] = [];
  reason: FinishReason | undefined;
  hasCalled = false;
  /** Arguments of a call had lost their end. */
  isBroken = false;
}

/**
 * Puts a stream together: a chunk for each piece, and one at the end with finish reasons, sources, likelihoods and
 * usage, where Google's clients look for them.
 * Wire format: https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
 */
export class GeminiStreamEncoder implements StreamEncoder {
  readonly #context: AnswerContext;
  readonly #writer: ChunkWriter;
  readonly #candidates = new Map<number, CandidateState>();
  #id: string;
  /** Members that end every chunk, with its closing brace. */
  #headText: string | undefined;
  #usage: Usage | undefined;

  constructor(context: AnswerContext) {
    this.#context = context;
    this.#writer = new ChunkWriter(context.asArray === true);
    this.#id = context.requestId;
  }

  encode(event: StreamEvent): string {
    switch (event.type) {
      case "start":
        this.#id = event.id;
        this.#headText = undefined;
        this.#usage = event.usage;
        return "";
      case "part-start":
        return this.#start(event.choice, event.part, event.content);
      case "delta":
        return this.#delta(event.choice, event.part, event.text);
      case "sound":
        return this.#sound(event.choice, event.part, event.data);
      case "signature":
        return this.#sign(event.choice, event.part, event.signature);
      case "citation":
        this.#part(event.choice, event.part)?.citations.push(event.citation);
        return "";
      case "logprobs":
        this.#candidate(event.choice).logprobs.push(...event.logprobs);
        return "";
      case "part-end":
        return this.#end(event.choice, event.part);
      case "whole-part": {
        const { content } = event;
        return this.#piece(
          event.choice,
          content.type === "image" ? renderImage(content) : renderAnswerPart(content),
        );
      }
      case "finish":
        this.#candidate(event.choice).reason = event.reason;
        return "";
      case "usage":
        this.#usage = event.usage;
        return "";
      case "ping":
        return this.#writer.ping();
      case "end":
        return this.#writer.chunk(this.#lastChunk()) + this.#writer.end();
      case "error":
        // The gateway says what has gone wrong by `fail`.
        return "";
    }
  }

  fail(error: IngressError): string {
    return this.#writer.chunk(renderError(error)) + this.#writer.end();
  }

  #start(choice: number, part: number, content: StreamedPart): string {
    const open: OpenPart = { content, text: "", citations: [] };
    if (content.type === "tool-call" && content.signature !== undefined) open.signature = content.signature;
    this.#candidate(choice).open.set(part, open);
    if (content.type !== "reasoning" || content.redacted === undefined) return "";
    return this.#piece(choice, renderThought({ ...content, text: "" }));
  }

  #delta(choice: number, part: number, text: string): string {
    const open = this.#part(choice, part);
    if (open === undefined) return "";
    const { type } = open.content;
    if (type !== "reasoning") open.text += text;
    if (type === "tool-call" || type === "spoken") return "";
    return this.#piece(choice, type === "reasoning" ? { text, thought: true } : { text });
  }

  #sound(choice: number, part: number, data: string): string {
    const content = this.#part(choice, part)?.content;
    return this.#piece(choice, renderSound(data, content?.type === "spoken" ? content.format : undefined));
  }

  /** A seal belongs to the whole part, whenever it comes: it is told at its end. */
  #sign(choice: number, part: number, signature: Signature): string {
    const open = this.#part(choice, part);
    if (open !== undefined) open.signature = signature;
    return "";
  }

  #end(choice: number, part: number): string {
    const candidate = this.#candidate(choice);
    const open = candidate.open.get(part);
    if (open === undefined) return "";
    candidate.open.delete(part);
    if (open.citations.length > 0) candidate.cited.push(open);
    const { content, text, signature } = open;
    if (content.type !== "tool-call") return this.#seal(choice, content, signature);
    const call = renderCall(content.id, content.name, text, signature);
    candidate.isBroken ||= call === undefined;
    if (call === undefined || candidate.hasCalled) return this.#piece(choice, call);
    candidate.hasCalled = true;
    return this.#piece(choice, renderFirstCall(call));
  }

  /** Seals of words end them, on a piece without words; a call has its own at hand when it is said. */
  #seal(choice: number, content: StreamedPart, signature: Signature | undefined): string {
    if (signature === undefined) return "";
    return this.#piece(
      choice,
      content.type === "reasoning"
        ? renderThought({ ...content, text: "", signature })
        : { text: "", ...renderSeal(signature) },
    );
  }

  /** A chunk of one part. What is the same in all of them is written once. */
  #piece(index: number, part: JsonObject | undefined): string {
    if (part === undefined) return "";
    this.#headText ??= JSON.stringify(this.#head()).slice(1);
    const content = `{"parts":[${JSON.stringify(part)}],"role":"model"}`;
    return this.#writer.text(`{"candidates":[{"content":${content},"index":${index}}],${this.#headText}`);
  }

  #lastChunk(): JsonObject {
    const candidates = [...this.#candidates].map(([index, candidate]) => {
      const reason = renderFinishReason(candidate.reason ?? "other");
      return {
        content: { parts: [{ text: "" }], role: "model" },
        finishReason: candidate.isBroken && reason === "STOP" ? "MALFORMED_FUNCTION_CALL" : reason,
        index,
        ...renderCitations(candidate.cited),
        ...renderLogprobs(candidate.logprobs),
      };
    });
    const usage = this.#usage;
    return { candidates, ...(usage !== undefined && { usageMetadata: renderUsage(usage) }), ...this.#head() };
  }

  #head(): JsonObject {
    return { modelVersion: this.#context.model, responseId: this.#id };
  }

  #candidate(index: number): CandidateState {
    const known = this.#candidates.get(index);
    if (known !== undefined) return known;
    const candidate = new CandidateState();
    this.#candidates.set(index, candidate);
    return candidate;
  }

  #part(choice: number, part: number): OpenPart | undefined {
    return this.#candidate(choice).open.get(part);
  }
}

import type { Citation } from "../../canonical/content.ts";
import type { StreamEvent } from "../../canonical/stream-event.ts";
import { HeldLogprobs } from "./held-logprobs.ts";
import { StopMatcher, type StopPatterns } from "./stop-matcher.ts";

/** An event that belongs to one choice. */
export type ChoiceEvent = Extract<StreamEvent, { readonly choice: number }>;

/** A part under way. */
interface Part {
  /** Absent for parts that are no text: nothing is looked for in them. */
  readonly matcher: StopMatcher | undefined;
  /** UTF-16 units that were told. */
  told: number;
  /** Citations of words that were not told yet. */
  citations: readonly Citation[];
}

/** One choice of a streamed answer: its texts end at a stop text, and so does the choice. */
export class CutChoice {
  /** Whether a stop text has ended it. */
  isStopped = false;
  /** Characters that came after it. */
  cutOff = 0;
  readonly #index: number;
  readonly #patterns: StopPatterns;
  readonly #emit: (event: StreamEvent) => void;
  readonly #parts = new Map<number, Part>();
  readonly #logprobs = new HeldLogprobs();

  constructor(index: number, patterns: StopPatterns, emit: (event: StreamEvent) => void) {
    this.#index = index;
    this.#patterns = patterns;
    this.#emit = emit;
  }

  take(event: ChoiceEvent): void {
    if (this.isStopped) {
      if (event.type === "delta") this.cutOff += event.text.length;
      return;
    }
    switch (event.type) {
      case "part-start": {
        const matcher = event.content.type === "text" ? new StopMatcher(this.#patterns) : undefined;
        this.#parts.set(event.part, { matcher, told: 0, citations: [] });
        return this.#emit(event);
      }
      case "delta":
        return this.#delta(event.part, event.text);
      case "citation":
        return this.#citation(event.part, event.citation);
      case "logprobs":
        return this.#tellLogprobs(this.#logprobs.add(event.logprobs));
      case "part-end":
        this.#endPart(event.part);
        return this.#emit(event);
      case "finish":
        this.#tellLogprobs(this.#logprobs.end());
        return this.#emit(event);
      default:
        return this.#emit(event);
    }
  }

  #delta(index: number, text: string): void {
    const part = this.#parts.get(index);
    if (part?.matcher === undefined)
      return this.#emit({ type: "delta", choice: this.#index, part: index, text });
    const { text: told, stop } = part.matcher.feed(text);
    this.#tell(index, part, told);
    if (stop !== undefined) this.#stop(stop);
  }

  #tell(index: number, part: Part, text: string): void {
    if (text === "") return;
    part.told += text.length;
    this.#emit({ type: "delta", choice: this.#index, part: index, text });
    this.#tellLogprobs(this.#logprobs.told(text));
    const { citations } = part;
    part.citations = [];
    for (const citation of citations) this.#citation(index, citation);
  }

  #citation(index: number, citation: Citation): void {
    const part = this.#parts.get(index);
    if (part !== undefined && (citation.end ?? citation.start ?? 0) > part.told)
      part.citations = [...part.citations, citation];
    else this.#emit({ type: "citation", choice: this.#index, part: index, citation });
  }

  #tellLogprobs(logprobs: Extract<StreamEvent, { readonly type: "logprobs" }>["logprobs"]): void {
    if (logprobs.length > 0) this.#emit({ type: "logprobs", choice: this.#index, logprobs });
  }

  /** A part has ended by itself: what was held back of it is told. */
  #endPart(index: number): void {
    const part = this.#parts.get(index);
    this.#parts.delete(index);
    if (part?.matcher === undefined) return;
    this.#tell(index, part, part.matcher.end());
    for (const citation of part.citations)
      this.#emit({ type: "citation", choice: this.#index, part: index, citation });
  }

  #stop(stopText: string): void {
    this.isStopped = true;
    for (const part of this.#parts.keys()) this.#emit({ type: "part-end", choice: this.#index, part });
    this.#emit({ type: "finish", choice: this.#index, reason: "stop-text", stopText });
  }
}

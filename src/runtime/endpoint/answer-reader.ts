import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import type { StreamDecoder } from "../../dialects/dialect.ts";
import type { TargetWay } from "../target-way.ts";

/** Reads the text of a streamed answer's first choice as it comes. */
export class AnswerReader {
  text = "";
  usage: Usage | undefined;
  finishReason: FinishReason = "other";
  refusal: string | null = null;
  /** Whether the stream came to its end. */
  complete = false;
  error: VendorError | undefined;
  readonly #decoder: StreamDecoder;
  readonly #parts = new Map<number, StreamedPart["type"]>();
  #added = "";

  constructor({ dialect, traits }: TargetWay) {
    this.#decoder = dialect.egress.decodeStream(traits, (event) => this.#take(event));
  }

  /** Takes a piece; answers the new text in it. */
  feed(chunk: Uint8Array): string {
    this.#decoder.push(chunk);
    return this.#takeAdded();
  }

  /** The upstream has closed the stream; answers what text was still held. */
  end(): string {
    this.#decoder.close();
    return this.#takeAdded();
  }

  #takeAdded(): string {
    const added = this.#added;
    this.#added = "";
    this.text += added;
    return added;
  }

  #take(event: StreamEvent): void {
    switch (event.type) {
      case "part-start":
        if (event.choice === 0) this.#parts.set(event.part, event.content.type);
        return;
      case "delta":
        if (event.choice === 0) this.#add(this.#parts.get(event.part), event.text);
        return;
      case "finish":
        if (event.choice === 0) this.finishReason = event.reason;
        return;
      case "usage":
        this.usage = event.usage;
        return;
      case "error":
        this.error = event.error;
        return;
      case "end":
        this.complete = true;
        return;
      default:
        return;
    }
  }

  #add(type: StreamedPart["type"] | undefined, words: string): void {
    if (type === "text") this.#added += words;
    else if (type === "refusal") this.refusal = (this.refusal ?? "") + words;
  }
}

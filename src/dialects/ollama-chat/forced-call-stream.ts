import type { StreamEvent } from "../../canonical/stream-event.ts";
import type { StreamChange } from "../emulation/answer-change.ts";
import { type CallForm, callId, finishOf, isCall, readCall } from "./forced-call.ts";

/** The text that may be the call. */
interface Text {
  readonly part: number;
  /** What was held back of it. */
  held: string;
  /** What it has turned out to be: arguments are passed on as they come, a call with its name is told at its end. */
  kind: "unknown" | "arguments" | "call" | "text";
}

/**
 * A streamed answer whose text is the call of a tool. Arguments of the one tool are told as they come; of several tools
 * it is clear at the end only which of them is called.
 */
export class ForcedCallStream implements StreamChange {
  readonly #form: CallForm;
  readonly #emit: (event: StreamEvent) => void;
  /** Parts as the caller counts them, by those that the vendor has sent. */
  readonly #parts = new Map<number, number>();
  #id = "";
  #text: Text | undefined;
  #hasCall = false;
  /** Whether a text that began like a call has turned out to be none. */
  #isLost = false;
  #isOver = false;

  constructor(form: CallForm, emit: (event: StreamEvent) => void) {
    this.#form = form;
    this.#emit = emit;
  }

  take(event: StreamEvent): void {
    if (this.#isOver) return;
    switch (event.type) {
      case "start":
        this.#id = event.id;
        return this.#emit(event);
      case "part-start":
        if (event.content.type === "text" && !this.#hasCall)
          this.#text = { part: event.part, held: "", kind: "unknown" };
        else this.#begin(event.part, event.content);
        return;
      case "delta":
        if (event.part === this.#text?.part) return this.#grow(this.#text, event.text);
        return this.#emit({ ...event, part: this.#place(event.part) });
      case "part-end":
        if (event.part === this.#text?.part) return this.#endText(this.#text);
        return this.#emit({ ...event, part: this.#place(event.part) });
      case "finish":
        if (this.#isLost && event.reason !== "length") return this.#fail();
        return this.#emit({ ...event, reason: finishOf(event.reason, this.#hasCall) });
      default:
        return this.#emit("part" in event ? { ...event, part: this.#place(event.part) } : event);
    }
  }

  close(): void {
    // What is held back of a stream that was cut is not told.
  }

  #fail(): void {
    this.#isOver = true;
    const message = "the text that has to be a tool call names no tool";
    this.#emit({ type: "error", error: { kind: "server", message } });
  }

  #grow(text: Text, piece: string): void {
    text.held += piece;
    if (text.kind === "unknown") this.#decide(text);
    if (text.kind === "arguments" || text.kind === "text") this.#tell(text);
  }

  #decide(text: Text): void {
    const isCalling = isCall(text.held);
    if (isCalling === undefined) return;
    const { name } = this.#form;
    if (!isCalling) this.#begin(text.part, { type: "text" });
    else if (name !== undefined) this.#begin(text.part, { type: "tool-call", id: callId(this.#id), name });
    text.kind = !isCalling ? "text" : name === undefined ? "call" : "arguments";
    if (text.kind === "arguments") text.held = text.held.trimStart();
  }

  #endText(text: Text): void {
    this.#text = undefined;
    if (text.kind === "unknown") return;
    if (text.kind === "call") {
      const call = readCall(text.held, this.#form);
      if (call === undefined) {
        this.#isLost = true;
        return;
      }
      this.#begin(text.part, { type: "tool-call", id: callId(this.#id), name: call.name });
      text.held = call.arguments;
    }
    this.#tell(text);
    this.#emit({ type: "part-end", choice: 0, part: this.#place(text.part) });
  }

  #tell(text: Text): void {
    const { held } = text;
    text.held = "";
    if (held !== "") this.#emit({ type: "delta", choice: 0, part: this.#place(text.part), text: held });
  }

  #begin(part: number, content: Extract<StreamEvent, { readonly type: "part-start" }>["content"]): void {
    if (content.type === "tool-call") this.#hasCall = true;
    this.#emit({ type: "part-start", choice: 0, part: this.#place(part), content });
  }

  /** Parts that came to nothing are not counted. */
  #place(part: number): number {
    const known = this.#parts.get(part);
    if (known !== undefined) return known;
    this.#parts.set(part, this.#parts.size);
    return this.#parts.size - 1;
  }
}

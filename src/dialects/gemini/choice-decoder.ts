import type { Signature } from "../../canonical/content.ts";
import type { StreamEvent, StreamedPart } from "../../canonical/stream-event.ts";
import type { VendorError } from "../../canonical/vendor-error.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callWord } from "../malformed-call.ts";
import { type AnswerPart, isOwnResult, readAnswerPart } from "./answer-part.ts";
import { placeCitation, readCitations } from "./citations.ts";
import { candidateFailure, readFinishReason } from "./finish-reason.ts";
import { readLogprobs } from "./logprobs.ts";
import { soundFormat } from "./media-type.ts";
import { StreamedArguments } from "./streamed-arguments.ts";

interface OpenPart {
  readonly type: StreamedPart["type"];
  /** Of words: all so far, for the places of citations. */
  text: string;
  /** A signed part takes no more words: what follows is a part of its own. */
  isSigned: boolean;
  /** Of a call whose arguments are streamed. */
  readonly args?: StreamedArguments;
}

/** Reads one candidate of a stream. Events come in the canonical order; `finish` waits for `close`. */
export class ChoiceDecoder {
  readonly #choice: number;
  readonly #emit: (event: StreamEvent) => void;
  readonly #newCallId: () => string;
  #parts = 0;
  #open: OpenPart | undefined;
  /** Calls that wait for the caller. */
  #waiting = 0;
  #reason: string | undefined;
  /** What went wrong, where that is why the candidate ended. */
  failure: VendorError | undefined;

  constructor(choice: number, emit: (event: StreamEvent) => void, newCallId: () => string) {
    this.#choice = choice;
    this.#emit = emit;
    this.#newCallId = newCallId;
  }

  /** Whether the vendor has said why the candidate ended. Some say it with every chunk. */
  get isFinished(): boolean {
    return this.#reason !== undefined;
  }

  /** Takes what a chunk says of the candidate. @throws ArgumentOrderError, MalformedCallError */
  push(candidate: JsonObject): void {
    const { content, finishReason, logprobsResult } = candidate;
    const list: readonly unknown[] =
      isJsonObject(content) && Array.isArray(content["parts"]) ? content["parts"] : [];
    const parts = list.flatMap((part) => readAnswerPart(part) ?? []);
    // A seal without words closes the text: sources that come with it belong before.
    const seals = parts.length - (parts.findLastIndex((part) => !isSealOnly(part)) + 1);
    const words = parts.slice(0, parts.length - seals);
    for (const part of words) this.#part(part);
    this.#cite(candidate);
    for (const part of parts.slice(words.length)) this.#part(part);
    const logprobs = readLogprobs(logprobsResult);
    if (logprobs !== undefined && logprobs.length > 0) {
      this.#emit({ type: "logprobs", choice: this.#choice, logprobs });
    }
    if (typeof finishReason !== "string") return;
    this.#reason = finishReason;
    this.failure = candidateFailure(candidate);
  }

  /** The candidate ended for a reason that stands elsewhere. */
  finish(reason: string): void {
    this.#reason ??= reason;
  }

  /** The stream was complete: says what is outstanding. */
  close(): void {
    this.#end();
    const reason = readFinishReason(this.#reason ?? "", this.#waiting > 0);
    this.#emit({ type: "finish", choice: this.#choice, reason });
  }

  #part(part: AnswerPart): void {
    switch (part.type) {
      case "text":
      case "reasoning":
        return this.#words(part.type, part.text, signatureOf(part.seal));
      case "call":
        return this.#call(part.call, signatureOf(part.seal));
      case "sound":
        return this.#sound(part.mediaType, part.data);
      case "image":
        return this.#whole(part.image);
      case "vendor":
        if (isOwnResult(part.value)) this.#waiting--;
        return this.#whole({ type: "vendor", dialect: "gemini", value: part.value });
    }
  }

  #words(type: "text" | "reasoning", text: string, signature: Signature | undefined): void {
    if (text === "" && signature === undefined) return;
    if (
      this.#open?.type !== type ||
      this.#open.args !== undefined ||
      this.#open.isSigned ||
      signature !== undefined
    ) {
      this.#begin(type === "text" ? { type } : { type, isSummary: true });
    }
    this.#delta(text);
    if (signature !== undefined) this.#sign(signature);
  }

  #call(call: JsonObject, signature: Signature | undefined): void {
    const { id, name, args, partialArgs, willContinue } = call;
    if (typeof name === "string" && name !== "") {
      const isAnswer = name === answerToolName;
      const callId = typeof id === "string" && id !== "" ? id : isAnswer ? "" : this.#newCallId();
      if (!isAnswer) this.#waiting++;
      const content: StreamedPart = isAnswer
        ? answerPart
        : { type: "tool-call", id: callId, name, ...(signature !== undefined && { signature }) };
      const isStreamed = willContinue === true || Array.isArray(partialArgs);
      if (!isStreamed) return this.#wholeCall(content, args);
      this.#begin(content, new StreamedArguments());
    } else if (this.#open?.args === undefined || (name !== undefined && name !== null && name !== "")) {
      // A piece without a name belongs to the call under way; one that says nothing at all is none.
      if (Object.keys(call).some((member) => member !== "willContinue")) callWord(undefined, "name");
    } else if (signature !== undefined) this.#sign(signature);
    this.#moreArguments(isJsonObject(args) ? (args as JsonObject) : {}, partialArgs);
    if (willContinue !== true && this.#open?.args !== undefined) this.#end();
  }

  #wholeCall(content: StreamedPart, args: Json | undefined): void {
    this.#begin(content);
    this.#delta(argumentsText(args));
    this.#end();
  }

  /** Pieces of arguments have no name: they belong to the call under way. */
  #moreArguments(args: JsonObject, partialArgs: Json | undefined): void {
    const open = this.#open?.args;
    if (open === undefined) return;
    for (const [name, value] of Object.entries(args)) {
      if (value !== undefined) this.#delta(open.set(`$["${name.replace(/["\\]/g, "\\$&")}"]`, value));
    }
    for (const piece of Array.isArray(partialArgs) ? (partialArgs as readonly unknown[]) : []) {
      if (!isJsonObject(piece)) continue;
      const { jsonPath, stringValue, numberValue, boolValue, willContinue } = piece as JsonObject;
      const value = stringValue ?? numberValue ?? boolValue ?? null;
      if (typeof jsonPath === "string") this.#delta(open.set(jsonPath, value, willContinue === true));
    }
  }

  #sound(mediaType: string, data: string): void {
    if (this.#open?.type !== "spoken") this.#begin({ type: "spoken", format: soundFormat(mediaType) });
    this.#emit({ type: "sound", choice: this.#choice, part: this.#parts - 1, data });
  }

  #whole(content: Extract<StreamEvent, { type: "whole-part" }>["content"]): void {
    this.#end();
    this.#emit({ type: "whole-part", choice: this.#choice, part: this.#parts++, content });
  }

  #cite(candidate: JsonObject): void {
    for (const found of readCitations(candidate)) {
      if (this.#open?.type !== "text" || this.#open.args !== undefined) this.#begin({ type: "text" });
      const citation = placeCitation(found, this.#open?.text ?? "");
      this.#emit({ type: "citation", choice: this.#choice, part: this.#parts - 1, citation });
    }
  }

  #sign(signature: Signature): void {
    if (this.#open !== undefined) this.#open.isSigned = true;
    this.#emit({ type: "signature", choice: this.#choice, part: this.#parts - 1, signature });
  }

  #delta(text: string): void {
    if (text === "" || this.#open === undefined) return;
    if (this.#open.type === "text") this.#open.text += text;
    this.#emit({ type: "delta", choice: this.#choice, part: this.#parts - 1, text });
  }

  #begin(content: StreamedPart, args?: StreamedArguments): void {
    this.#end();
    this.#open = { type: content.type, text: "", isSigned: false, ...(args !== undefined && { args }) };
    this.#emit({ type: "part-start", choice: this.#choice, part: this.#parts++, content });
  }

  #end(): void {
    if (this.#open === undefined) return;
    if (this.#open.args !== undefined) this.#delta(this.#open.args.close());
    this.#open = undefined;
    this.#emit({ type: "part-end", choice: this.#choice, part: this.#parts - 1 });
  }
}

function isSealOnly(part: AnswerPart): boolean {
  return part.type === "text" && part.text === "";
}

function signatureOf(seal: string | undefined): Signature | undefined {
  return seal === undefined ? undefined : { dialect: "gemini", value: seal };
}

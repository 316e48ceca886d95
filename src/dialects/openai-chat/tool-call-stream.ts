import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callWord, MalformedCallError } from "../malformed-call.ts";
import { readExtraContent } from "./extra-content.ts";
import type { PartWriter } from "./part-writer.ts";
import { newToolCallId } from "./read-message.ts";

type Members = Readonly<Record<string, unknown>>;

/** The call under way. */
interface OpenCall {
  readonly index: unknown;
  readonly id: string | undefined;
  /** Whether its name was known, so that its part has begun. */
  hasBegun: boolean;
  /** Arguments that came before the name. */
  held: string;
  /** A call that is no function's, as far as it has come. */
  custom?: { readonly name: string; input: string };
}

/**
 * Reads tool calls as they come: in pieces that `index` ties together, or whole. Some vendors leave the index out, or
 * give every call the same one; then a new id begins a new call.
 */
export class ToolCallStream {
  /** Whether the caller has a tool to run. */
  hasCalls = false;
  readonly #parts: PartWriter;
  #call: OpenCall | undefined;
  readonly #ended = new Set<unknown>();
  #signature: ReturnType<typeof readExtraContent> = {};

  constructor(parts: PartWriter) {
    this.#parts = parts;
  }

  /** Takes a piece. @throws MalformedCallError */
  take(piece: Members): void {
    const target = isJsonObject(piece["function"]) ? piece["function"] : {};
    // Later pieces have none, or an empty one.
    if (target["name"] !== undefined && target["name"] !== null && target["name"] !== "")
      callWord(target["name"], "name");
    const name = typeof target["name"] === "string" && target["name"] !== "" ? target["name"] : undefined;
    const words = argumentsOf(target["arguments"]);
    if (!this.#continues(piece, name)) {
      const { index } = piece;
      if (typeof index === "number" && this.#ended.has(index) && name === undefined) {
        if (words === "") return;
        throw new MalformedCallError("more of a tool call came after its end");
      }
      this.#begin(piece);
    }
    const call = this.#call;
    if (call === undefined) return;
    if (isJsonObject(piece["custom"])) this.#custom(call, piece["custom"]);
    else if (name !== undefined && !call.hasBegun) this.#name(call, name, piece);
    if (call.hasBegun) this.#parts.delta(words);
    else call.held += words;
  }

  /** A signature that stands outside the calls and belongs to the next one. */
  signNext(signature: ReturnType<typeof readExtraContent>): void {
    this.#signature = signature;
  }

  /** Something else begins. @throws MalformedCallError where the call under way has got no name. */
  end(): void {
    const call = this.#call;
    if (call === undefined) return;
    this.#call = undefined;
    this.#ended.add(call.index);
    if (call.custom === undefined) {
      // A piece that says nothing at all is no call.
      if (!call.hasBegun && (call.id !== undefined || call.held !== "")) callWord(undefined, "name");
      return;
    }
    const value: JsonObject = { id: call.id ?? newToolCallId(), type: "custom", custom: call.custom };
    this.hasCalls = true;
    this.#parts.whole({ type: "vendor", dialect: "openai-chat", value });
  }

  #continues({ index, id }: Members, name: string | undefined): boolean {
    const call = this.#call;
    if (call === undefined) return false;
    const isOther = typeof id === "string" && id !== "" && id !== call.id;
    if (typeof index !== "number") return !isOther && (name === undefined || !call.hasBegun);
    return index === call.index && !(isOther && name !== undefined);
  }

  #begin({ index, id }: Members): void {
    this.end();
    this.#call = {
      index,
      id: typeof id === "string" && id !== "" ? id : undefined,
      hasBegun: false,
      held: "",
    };
  }

  #name(call: OpenCall, name: string, piece: Members): void {
    call.hasBegun = true;
    const onEnd = (): void => {
      if (this.#call === call) this.end();
    };
    if (name === answerToolName) this.#parts.begin(answerPart, onEnd);
    else {
      this.hasCalls = true;
      const own = readExtraContent(piece["extra_content"]);
      const signed = own.signature === undefined ? this.#signature : own;
      this.#signature = {};
      const id =
        call.id ?? (typeof piece["id"] === "string" && piece["id"] !== "" ? piece["id"] : newToolCallId());
      this.#parts.begin({ type: "tool-call", id, name, ...signed }, onEnd);
    }
    this.#parts.delta(call.held);
    call.held = "";
  }

  #custom(call: OpenCall, { name, input }: Members): void {
    call.custom ??= { name: typeof name === "string" ? name : "", input: "" };
    if (typeof input === "string") call.custom.input += input;
  }
}

function argumentsOf(value: unknown): string {
  return value === undefined || value === null || value === "" ? "" : argumentsText(value);
}

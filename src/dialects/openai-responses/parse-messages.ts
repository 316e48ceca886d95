import type { AssistantPart, ToolResultPart, UserPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Message } from "../../canonical/message.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import { argumentsOfCaller } from "../call-arguments.ts";
import { standsAt, standsLike } from "../origins.ts";
import { fieldError, requiredObject, requiredString } from "./field.ts";
import { noteMembers } from "./known-members.ts";
import { itemNotFound } from "./not-found.ts";
import { readOutputItem, readText } from "./output-item.ts";
import { parseContent, textOf } from "./parse-content.ts";
import { unseal } from "./seal.ts";

/** Steps of the vendor's own tools that the caller takes; everything else is the model's. */
const CALLERS_STEPS = /_output$|^mcp_approval_response$|^additional_tools$|^compaction_trigger$/;

/**
 * The conversation of a request: a text, or items. Items of the model that follow each other are one message.
 * Wire format: https://platform.openai.com/docs/api-reference/responses/create (`input`)
 * @throws LatchkeyError LK-2102 for what is wrong, LK-2112 for a reference to an item that is not kept.
 */
export function parseInput(input: Json | undefined, losses: Loss[]): readonly Message[] {
  if (input === undefined || input === null) return [];
  if (typeof input === "string")
    return [standsAt({ role: "user", content: parseContent(input, "input", losses) }, "input")];
  if (!Array.isArray(input)) throw fieldError("input", "has to be a string or a list of items");
  const conversation = new Conversation(losses);
  for (const [index, item] of input.entries()) {
    const path = `input[${index}]`;
    conversation.add(requiredObject(item, path), path);
  }
  return conversation.messages;
}

class Conversation {
  readonly messages: Message[] = [];
  readonly #losses: Loss[];
  /** Parts of the model's message under way. */
  #spoken: AssistantPart[] | undefined;

  constructor(losses: Loss[]) {
    this.#losses = losses;
  }

  add(item: JsonObject, path: string): void {
    const { type = "message" } = item;
    noteMembers(item, path, this.#losses, type);
    switch (type) {
      case "message":
        return this.#message(item, path);
      case "function_call":
        requiredString(item["call_id"], `${path}.call_id`);
        requiredString(item["name"], `${path}.name`);
        argumentsOfCaller(textOf(item["arguments"], `${path}.arguments`), `${path}.arguments`);
        return this.#made(item, path);
      case "function_call_output":
        return this.#result(item, path);
      case "reasoning":
        return this.#think(item, path);
      case "image_generation_call":
        return this.#made(item, path);
      case "item_reference":
        throw itemNotFound(requiredString(item["id"], `${path}.id`), `${path}.id`);
      default:
        return this.#vendor(item, requiredString(type ?? undefined, `${path}.type`), path);
    }
  }

  #message(item: JsonObject, path: string): void {
    const { role, content } = item;
    switch (role) {
      case "assistant":
        return this.#say(spokenBy(item, path, this.#losses), path);
      case "user":
        return this.#put({ role, content: parseContent(content, `${path}.content`, this.#losses) }, path);
      case "system":
      case "developer":
        return this.#put({ role, content: this.#instructions(content, `${path}.content`) }, path);
      default:
        throw fieldError(`${path}.role`, "has to be `user`, `assistant`, `system` or `developer`");
    }
  }

  #instructions(content: Json | undefined, path: string) {
    return parseContent(content, path, this.#losses).map((part, index) => {
      if (part.type !== "text") throw fieldError(`${path}[${index}].type`, "has to be `input_text`");
      return part;
    });
  }

  #result(item: JsonObject, path: string): void {
    const toolCallId = requiredString(item["call_id"], `${path}.call_id`);
    const parts = parseContent(item["output"], `${path}.output`, this.#losses);
    const content = parts.map((part, index): ToolResultPart => {
      if (part.type !== "audio") return part;
      throw fieldError(`${path}.output[${index}].type`, "has to be a text, an image or a file");
    });
    this.#put({ role: "tool", toolCallId, content }, path);
  }

  /** Thinking, or the signature of the part before, which the gateway has put there. */
  #think(item: JsonObject, path: string): void {
    const sealed = item["encrypted_content"];
    const { kind, signature } = typeof sealed === "string" ? unseal(sealed) : {};
    if (kind !== "before" || signature === undefined) return this.#made(item, path);
    const last = this.#spoken?.pop();
    if (last === undefined) return;
    const takes = last.type === "text" || last.type === "tool-call" || last.type === "image";
    this.#spoken?.push(takes ? standsLike({ ...last, signature }, last) : last);
  }

  #vendor(item: JsonObject, type: string, path: string): void {
    if (!CALLERS_STEPS.test(type)) return this.#made(item, path);
    const part: UserPart = { type: "vendor", dialect: "openai-responses", value: item };
    this.#put({ role: "user", content: [standsAt(part, path)] }, path);
  }

  #made(item: JsonObject, path: string): void {
    const parts = readOutputItem(item);
    for (const part of parts) standsAt(part, path);
    this.#say(parts, path);
  }

  #say(parts: readonly AssistantPart[], path: string): void {
    if (parts.length === 0) return;
    if (this.#spoken === undefined) {
      this.#spoken = [];
      this.messages.push(standsAt({ role: "assistant", content: this.#spoken }, path));
    }
    this.#spoken.push(...parts);
  }

  #put(message: Message, path: string): void {
    this.#spoken = undefined;
    this.messages.push(standsAt(message, path));
  }
}

/** @throws LatchkeyError LK-2102 */
function spokenBy({ content, phase }: JsonObject, path: string, losses: Loss[]): readonly AssistantPart[] {
  if (typeof content === "string")
    return content === "" ? [] : [standsAt(readText(content, undefined, phase), `${path}.content`)];
  if (!Array.isArray(content)) throw fieldError(`${path}.content`, "has to be a string or a list of parts");
  return content.map((value: Json, index): AssistantPart => {
    const place = `${path}.content[${index}]`;
    const part = requiredObject(value, place);
    noteMembers(part, place, losses);
    switch (part["type"]) {
      case "output_text":
      case "input_text":
        return standsAt(readText(textOf(part["text"], `${place}.text`), part["annotations"], phase), place);
      case "refusal":
        return standsAt({ type: "refusal", text: textOf(part["refusal"], `${place}.refusal`) }, place);
      default:
        throw fieldError(`${place}.type`, "has to be `output_text` or `refusal`");
    }
  });
}

import type { AssistantPart, TextPart, ToolResultPart, UserPart } from "../../canonical/content.ts";
import type { Loss } from "../../canonical/loss.ts";
import type { Message, ToolMessage } from "../../canonical/message.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { standsAt } from "../origins.ts";
import { CallBook } from "./call-book.ts";
import { conversationCallId } from "./call-id.ts";
import { joinPieces } from "./join-pieces.ts";
import { type At, asObject, fieldError, listMember, objectMember, textMember } from "./members.ts";
import { parseModelPart, parseResultPart, parseUserPart } from "./parse-content.ts";
import { readResponse } from "./parse-result.ts";

/** Roles of older clients for what tools have answered. */
const USER_ROLES: readonly string[] = ["user", "function", "tool"];

/**
 * The conversation. Turns of the model that follow each other become one, since clients keep the pieces of a stream as
 * they came. Results stand before what else the user says; those without an id belong to the first call of their name
 * that has none yet.
 * Wire format: https://ai.google.dev/api/caching#Content
 */
export function parseContents(contents: readonly At<Json>[], losses: Loss[]): readonly Message[] {
  const messages: Message[] = [];
  const calls = new CallBook();
  let model: AssistantPart[] = [];
  let modelPath = "";
  const endTurn = (): void => {
    if (model.length > 0)
      messages.push(standsAt({ role: "assistant", content: joinPieces(model) }, modelPath));
    model = [];
  };
  for (const [index, content] of contents.entries()) {
    const turn = asObject(content);
    const role = textMember(turn, "role") ?? "user";
    const parts = (listMember(turn, "parts") ?? []).map(asObject);
    if (role === "model") {
      if (model.length === 0) modelPath = turn.path;
      for (const part of parseModelTurn(parts, index, calls, losses)) model.push(part);
      continue;
    }
    if (!USER_ROLES.includes(role)) throw fieldError(`${turn.path}.role`, "has to be `user` or `model`");
    endTurn();
    for (const message of parseUserTurn(turn.path, parts, calls, losses)) messages.push(message);
  }
  endTurn();
  return messages;
}

function parseModelTurn(
  parts: readonly At<JsonObject>[],
  index: number,
  calls: CallBook,
  losses: Loss[],
): readonly AssistantPart[] {
  return parts.map((part, place) => {
    const parsed = parseModelPart(part, conversationCallId(index, place), losses);
    if (parsed.type === "tool-call") calls.add(parsed);
    return standsAt(parsed, part.path);
  });
}

/** `systemInstruction`, which clients send as content, as a part, as a list of parts or as a text. */
export function parseInstruction(instruction: At<Json>): readonly TextPart[] {
  const { value, path } = instruction;
  if (typeof value === "string") return [standsAt({ type: "text", text: value }, path)];
  const list = isJsonObject(value) ? listMember(asObject(instruction), "parts") : undefined;
  const single = Array.isArray(value)
    ? value.map((item: Json, index) => ({ value: item, path: `${path}[${index}]` }))
    : [instruction];
  return (list ?? single).map((part) => {
    const text = typeof part.value === "string" ? part.value : textMember(asObject(part), "text");
    if (text === undefined) throw fieldError(part.path, "has to hold `text`");
    return standsAt({ type: "text", text }, part.path);
  });
}

function parseUserTurn(
  path: string,
  parts: readonly At<JsonObject>[],
  calls: CallBook,
  losses: Loss[],
): readonly Message[] {
  const results: Message[] = [];
  const said: UserPart[] = [];
  for (const part of parts) {
    const response = objectMember(part, "functionResponse");
    if (response === undefined) said.push(standsAt(parseUserPart(part, losses), part.path));
    else results.push(standsAt(parseResult(response, calls, losses), response.path));
  }
  return said.length === 0 ? results : [...results, standsAt({ role: "user", content: said }, path)];
}

/** Wire format: https://ai.google.dev/api/caching#FunctionResponse */
function parseResult(response: At<JsonObject>, calls: CallBook, losses: Loss[]): ToolMessage {
  const name = textMember(response, "name");
  const id = textMember(response, "id");
  const call = calls.answer(id, name);
  if (call === undefined) throw fieldError(response.path, "answers no `functionCall` of the conversation");
  const answer = objectMember(response, "response");
  const { text, isError } = readResponse(answer?.value ?? {});
  const media = (listMember(response, "parts") ?? []).map((part) =>
    standsAt(parseResultPart(asObject(part), losses), part.path),
  );
  const words = standsAt<ToolResultPart>({ type: "text", text }, answer?.path ?? response.path);
  const content: ToolResultPart[] = [words, ...media];
  return {
    role: "tool",
    toolCallId: call.id,
    toolName: name ?? call.name,
    content,
    ...(isError && { isError }),
  };
}

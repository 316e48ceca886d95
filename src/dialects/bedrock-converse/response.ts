import type { ChatResponse } from "../../canonical/chat-response.ts";
import type { AssistantPart, Citation, TextPart } from "../../canonical/content.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { answerPart, answerToolName } from "../answer-tool.ts";
import { argumentsText, callWord, unlessMalformed } from "../malformed-call.ts";
import { readFinishReason } from "./finish-reason.ts";
import { readUsage } from "./usage.ts";

/** A whole answer; `undefined` where the value is none. Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export function parseResponse(answer: JsonObject, model: string): ChatResponse | undefined {
  return unlessMalformed(() => readAnswer(answer, model));
}

function readAnswer(answer: JsonObject, model: string): ChatResponse | undefined {
  const { output, stopReason } = answer;
  const message = isJsonObject(output) ? output["message"] : undefined;
  if (!isJsonObject(message) || !Array.isArray(message["content"])) return undefined;
  const content = parseBlocks(message["content"]);
  const usage = readUsage(answer["usage"]);
  const hasToolCalls = content.some(({ type }) => type === "tool-call");
  const tier = answer["serviceTier"];
  return {
    id: newAnswerId(),
    model,
    choices: [
      {
        index: 0,
        content,
        finishReason: readFinishReason(stopReason, hasToolCalls),
        ...readStopText(answer["additionalModelResponseFields"]),
      },
    ],
    ...(usage !== undefined && { usage }),
    ...(isJsonObject(tier) && typeof tier["type"] === "string" && { serviceTier: tier["type"] }),
  };
}

/** The stop text that was met, among the members of the model's own answer that were asked for. */
export function readStopText(fields: unknown): { readonly stopText?: string } {
  const text = isJsonObject(fields) ? fields["stop_sequence"] : undefined;
  return typeof text === "string" ? { stopText: text } : {};
}

/** An id for an answer: Bedrock gives none in its body. */
export function newAnswerId(): string {
  return `bedrock_${crypto.randomUUID().replaceAll("-", "")}`;
}

function parseBlocks(blocks: readonly unknown[]): readonly AssistantPart[] {
  const parts: AssistantPart[] = [];
  for (const block of blocks) {
    for (const part of parseBlock(block)) {
      const last = parts.at(-1);
      // Citations without words of their own belong to the words before them.
      if (part.type === "text" && part.text === "" && last?.type === "text") {
        parts[parts.length - 1] = {
          ...last,
          citations: [...(last.citations ?? []), ...(part.citations ?? [])],
        };
      } else parts.push(part);
    }
  }
  return parts;
}

function parseBlock(block: unknown): readonly AssistantPart[] {
  if (!isJsonObject(block)) return [];
  const { text, toolUse, reasoningContent, citationsContent } = block;
  if (typeof text === "string") return [{ type: "text", text }];
  // Tools that Bedrock has used itself are no calls for the caller.
  const isOwn = isJsonObject(toolUse) && toolUse["type"] === "server_tool_use";
  if (toolUse !== undefined && toolUse !== null && !isOwn) return parseToolUse(toolUse as Json);
  if (isJsonObject(reasoningContent)) return parseReasoning(reasoningContent as JsonObject);
  if (isJsonObject(citationsContent)) return parseCited(citationsContent as JsonObject);
  return [{ type: "vendor", dialect: "bedrock-converse", value: block as JsonObject }];
}

function parseToolUse(toolUse: Json): readonly AssistantPart[] {
  const { id, name } = readToolUse(toolUse);
  const text = argumentsText(isJsonObject(toolUse) ? toolUse["input"] : undefined);
  return name === answerToolName
    ? [{ ...answerPart, text }]
    : [{ type: "tool-call", id, name, arguments: text }];
}

/** Id and name of a call. @throws MalformedCallError where there is none of them. */
export function readToolUse(toolUse: unknown): { readonly id: string; readonly name: string } {
  const { toolUseId, name } = isJsonObject(toolUse) ? (toolUse as JsonObject) : {};
  return { id: callWord(toolUseId, "id"), name: callWord(name, "name") };
}

function parseReasoning({ reasoningText, redactedContent }: JsonObject): readonly AssistantPart[] {
  if (typeof redactedContent === "string") {
    return [
      { type: "reasoning", text: "", redacted: { dialect: "bedrock-converse", value: redactedContent } },
    ];
  }
  if (!isJsonObject(reasoningText) || typeof reasoningText["text"] !== "string") return [];
  const { text, signature } = reasoningText;
  const signed = typeof signature === "string" && {
    signature: { dialect: "bedrock-converse" as const, value: signature },
  };
  return [{ type: "reasoning", text, ...signed }];
}

/** Citations belong to the whole text of their block. */
function parseCited({ content, citations }: JsonObject): readonly TextPart[] {
  const pieces: readonly unknown[] = Array.isArray(content) ? content : [];
  const text = pieces
    .map((piece: unknown) => (isJsonObject(piece) && typeof piece["text"] === "string" ? piece["text"] : ""))
    .join("");
  const list: readonly unknown[] = Array.isArray(citations) ? citations : [];
  const cited = list.flatMap((citation) =>
    isJsonObject(citation) ? [readCitation(citation as JsonObject)] : [],
  );
  return [{ type: "text", text, ...(cited.length > 0 && { citations: cited }) }];
}

/** Wire format: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Citation.html */
export function readCitation(citation: JsonObject): Citation {
  const { title, sourceContent, location } = citation;
  const places = isJsonObject(location) ? Object.values(location) : [];
  const [place] = places.filter(isJsonObject);
  const quote = Array.isArray(sourceContent)
    ? sourceContent
        .map((piece: unknown) =>
          isJsonObject(piece) && typeof piece["text"] === "string" ? piece["text"] : "",
        )
        .join("")
    : "";
  const index = place?.["documentIndex"];
  const url = place?.["url"];
  return {
    ...(typeof title === "string" && { title }),
    ...(quote !== "" && { quote }),
    ...(typeof index === "number" && { document: String(index) }),
    ...(typeof url === "string" && { url }),
    raw: { dialect: "bedrock-converse", value: citation },
  };
}

import type { AssistantPart, PartBase, TextPart, ToolResultPart, UserPart } from "./content.ts";

/** Instructions. `developer` is OpenAI's newer name for `system`; others have one of the two only. */
export interface InstructionMessage {
  readonly role: "system" | "developer";
  readonly content: readonly TextPart[];
  readonly name?: string;
}

/** What the user says. */
export interface UserMessage {
  readonly role: "user";
  readonly content: readonly UserPart[];
  readonly name?: string;
}

/** What the model has said. */
export interface AssistantMessage {
  readonly role: "assistant";
  readonly content: readonly AssistantPart[];
  readonly name?: string;
  /** Whether the model is to go on from the end of this text (the last message only). */
  readonly isPrefix?: boolean;
}

/** What a tool has answered; one message per call, in the order of the calls where the caller keeps it. */
export interface ToolMessage extends PartBase {
  readonly role: "tool";
  readonly toolCallId: string;
  /** Name of the tool, where the dialect says it. */
  readonly toolName?: string;
  readonly content: readonly ToolResultPart[];
  readonly isError?: boolean;
}

/** One turn of a conversation. */
export type Message = InstructionMessage | UserMessage | AssistantMessage | ToolMessage;

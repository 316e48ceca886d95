/** Text as a part of a message's content. */
export interface ChatTextPart {
  readonly type: "text";
  readonly text: string;
}

/** A part of a message's content. */
export type ChatContentPart =
  | ChatTextPart
  | {
      readonly type: "image_url";
      /** `url` is an address or a data URL. */
      readonly image_url: { readonly url: string; readonly detail?: "auto" | "low" | "high" };
    }
  | {
      readonly type: "input_audio";
      /** `data` is base64. */
      readonly input_audio: { readonly data: string; readonly format: "wav" | "mp3" };
    };

/** A call of a tool that the model asks for. */
export interface ChatToolCall {
  readonly id: string;
  readonly type: "function";
  /** `arguments` is JSON as the model wrote it: check it before use. */
  readonly function: { readonly name: string; readonly arguments: string };
}

/**
 * A message of a conversation.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
 */
export type ChatMessage =
  | {
      readonly role: "system" | "developer";
      readonly content: string | readonly ChatTextPart[];
      readonly name?: string;
    }
  | { readonly role: "user"; readonly content: string | readonly ChatContentPart[]; readonly name?: string }
  | {
      readonly role: "assistant";
      readonly content?: string | null;
      readonly refusal?: string | null;
      readonly tool_calls?: readonly ChatToolCall[];
      readonly name?: string;
    }
  | {
      readonly role: "tool";
      readonly tool_call_id: string;
      readonly content: string | readonly ChatTextPart[];
    };

import { bearer } from "../contestants/contestant.ts";

/** An API as the load calls it. */
export interface Api {
  readonly path: string;
  /** Headers that show a key to it, beside the content type. */
  readonly headers: (key: string) => Readonly<Record<string, string>>;
  /** What stands in every right answer, whole or streamed: its type and the upstream's count of tokens. */
  readonly signs: readonly string[];
  /** How every whole stream ends. */
  readonly lastEvent: string;
}

/** OpenAI's Chat Completions. */
export const chatApi: Api = {
  path: "/v1/chat/completions",
  headers: bearer,
  signs: ['"chat.completion', '"total_tokens":119'],
  lastEvent: "data: [DONE]\n\n",
};

/** Anthropic's Messages. */
export const messagesApi: Api = {
  path: "/v1/messages",
  headers: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
  signs: ['"type":"message"', '"output_tokens":58'],
  lastEvent: 'data: {"type":"message_stop"}\n\n',
};

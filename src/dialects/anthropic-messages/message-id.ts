import type { AnswerContext } from "../dialect.ts";

/** The id of an answer: Anthropic's own, or one that holds the request's id. */
export function messageId(id: string, { requestId }: AnswerContext): string {
  return id.startsWith("msg_") ? id : `msg_${requestId.replace(/^req_/, "")}`;
}

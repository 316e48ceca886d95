import type { Loss } from "../../canonical/loss.ts";
import type { IngressRequest, ParsedRequest } from "../dialect.ts";
import { optionalFlag, optionalObject, textAt } from "./fields.ts";
import { parseMembers } from "./parse-members.ts";
import { parseMessages } from "./parse-messages.ts";

/**
 * A caller's request.
 * Wire format: https://platform.openai.com/docs/api-reference/chat/create
 * @throws LatchkeyError LK-2102 for members that are missing or wrong.
 */
export function parseRequest({ body, model: named }: IngressRequest): ParsedRequest {
  const losses: Loss[] = [];
  const model = named ?? textAt(body["model"], "model");
  const stream = optionalFlag(body["stream"], "stream") ?? false;
  const streamOptions = optionalObject(body["stream_options"], "stream_options");
  const messages = parseMessages(body["messages"], losses);
  const wishes = parseMembers(body, losses);
  if (streamOptions?.["include_usage"] === true) wishes.streamUsage = true;
  return { request: { model, messages, stream, ...wishes }, losses };
}

import { longChatRequest } from "../support/chat-request.ts";
import { askRequestLoad } from "../support/request-load.ts";
import { nginxTool, tasksetTool, wrkTool } from "../support/tools.ts";
import type { Question } from "./question.ts";

const REQUEST_BYTES = 32_000;

/** What the length of a conversation costs. */
export const payload: Question = {
  name: "payload",
  summary: "Chat calls with a conversation of 32 kB passed through, against nginx",
  tools: [nginxTool, wrkTool, tasksetTool],
  run: (context) => askRequestLoad(context, longChatRequest(REQUEST_BYTES)),
};

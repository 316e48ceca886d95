import { smallChatRequest } from "../support/chat-request.ts";
import { askRequestLoad } from "../support/request-load.ts";
import { nginxTool, tasksetTool, wrkTool } from "../support/tools.ts";
import type { Question } from "./question.ts";

/** What the gateway costs on a small chat call. */
export const passthrough: Question = {
  name: "passthrough",
  summary: "Small chat calls passed through: requests/s, latency, CPU and memory against nginx",
  tools: [nginxTool, wrkTool, tasksetTool],
  run: (context) => askRequestLoad(context, smallChatRequest()),
};

import { askAccess } from "../support/access-load.ts";
import { smallChatRequest } from "../support/chat-request.ts";
import { tasksetTool, wrkTool } from "../support/tools.ts";
import type { Question } from "./question.ts";

/** What a call costs with very many keys, services and subscriptions, and while keys are issued and revoked. */
export const access: Question = {
  name: "access",
  summary: "100,000 keys, 1,000 services, 1,000,000 subscriptions against 100 keys; keys issued meanwhile",
  tools: [wrkTool, tasksetTool],
  run: (context) => askAccess(context, smallChatRequest()),
};

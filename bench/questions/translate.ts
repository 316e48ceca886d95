import { tasksetTool, wrkTool } from "../support/tools.ts";
import { askTranslation } from "../support/translation-load.ts";
import type { Question } from "./question.ts";

/** What translation costs beyond passing through. */
export const translate: Question = {
  name: "translate",
  summary:
    "Chats and streams translated between Chat Completions and Messages: CPU against passing them through",
  tools: [wrkTool, tasksetTool],
  run: askTranslation,
};

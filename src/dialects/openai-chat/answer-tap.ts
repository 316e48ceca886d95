import { createAnswerTap } from "../answer-tap.ts";
import { readChatUsage } from "./usage.ts";

/** What is read of a completion that passes through. */
export const { readAnswer, readTail } = createAnswerTap("choices", readChatUsage);

import { createAnswerTap } from "../answer-tap.ts";
import { readUsage } from "./usage.ts";

/** What is read of a response that passes through. */
export const { readAnswer, readTail } = createAnswerTap("output", readUsage, true);

import { askStreamLoad } from "../support/stream-load.ts";
import { nginxTool, tasksetTool } from "../support/tools.ts";
import type { Question } from "./question.ts";

/** What a streamed answer costs. */
export const stream: Question = {
  name: "stream",
  summary: "Streams of 20 pieces, 100 ms apart: CPU per piece and time to the first byte against nginx",
  tools: [nginxTool, tasksetTool],
  run: askStreamLoad,
};

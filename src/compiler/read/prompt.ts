import type { PromptOutcome } from "../evaluate/graph.ts";
import { isTagged } from "./describe-value.ts";
import { type Reader, wrongType } from "./reader.ts";

/** What came of an endpoint's prompt function. */
export const promptOutcome: Reader<PromptOutcome> = (value, at, context) => {
  if (isTagged(value) && value.$ === "prompt") return value.outcome;
  return wrongType(value, at, "a function that answers messages", context);
};

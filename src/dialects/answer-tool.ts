/**
 * Name of the tool that stands in for a structured answer where a vendor has none: the model is made to call it, and
 * its arguments become the answer's text. Reserved: a caller's tool of that name is refused.
 */
export const answerToolName = "latchkey_answer";

/** What the model is told about it. */
export const answerToolDescription =
  "Gives the final answer. Call it once, with the whole answer, instead of writing text.";

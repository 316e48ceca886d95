/**
 * Name of the tool that stands in for a structured answer where a vendor has none: the model is made to call it, and
 * its arguments become the answer's text. Reserved: a caller's tool of that name is refused.
 */
export const answerToolName = "latchkey_answer";

/** What the model is told about it. */
export const answerToolDescription =
  "Gives the final answer. Call it once, with the whole answer, instead of writing text.";

/** What a model is told that cannot be made to call it. */
export const answerToolWish = `Give your final answer by calling the tool ${answerToolName}, never as text.`;

/** Named to the caller then: the answer has the form by the model's good will, as a half sentence. */
export const answerToolWished = "is asked for in words, since this model cannot be made to call a tool";

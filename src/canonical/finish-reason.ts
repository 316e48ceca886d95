/**
 * Why an answer ended.
 *
 * - `stop`: the model had said all it wanted
 * - `stop-text`: it met one of the request's stop texts, where the vendor tells that apart
 * - `length`: the limit of tokens
 * - `tool-calls`: it waits for tools
 * - `content-filter`: the vendor held something back
 * - `refusal`: the model declined
 * - `pause`: the vendor wants the same conversation sent again to go on
 * - `context-length`: the context window was full
 * - `error`: the vendor failed in the middle
 * - `other`: for a reason that no other word says
 */
export type FinishReason =
  | "stop"
  | "stop-text"
  | "length"
  | "tool-calls"
  | "content-filter"
  | "refusal"
  | "pause"
  | "context-length"
  | "error"
  | "other";

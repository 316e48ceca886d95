import type OpenAI from "openai";
import type { Failure } from "./client.ts";

/** What OpenAI's client throws, and what is built on it. */
export function openaiFailure(thrown: unknown): Failure {
  // LangChain has a copy of the client of its own, whose classes are others.
  if (!(thrown instanceof Error) || !("status" in thrown)) throw thrown;
  const { status, message, headers } = thrown as InstanceType<typeof OpenAI.APIError>;
  return { status, message, retryAfter: headers?.get("retry-after") };
}

import { LatchkeyError } from "../../kernel/error.ts";

/** Cause of an error that is one message's own: its receiver answers, and may take others. */
export class MessageRefused extends Error {
  override readonly name = "MessageRefused";
}

/** Whether it was the message and not its receiver that made sending fail. */
export function isRefusal(thrown: unknown): boolean {
  return thrown instanceof LatchkeyError && thrown.cause instanceof MessageRefused;
}

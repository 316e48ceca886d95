import { sha256Hex } from "../../kernel/hash.ts";

/** What an answer carries beside its content: the same for the same request at the same second. */
export interface AnswerIdentity {
  /** `chatcmpl-demo` and part of the request's digest. */
  readonly id: string;
  /** Seconds since the Unix epoch. */
  readonly created: number;
  readonly model: string;
  /** Id of a tool call. */
  readonly callId: (choice: number, call: number) => string;
}

/** Identity of the answer to a request. */
export function identityOf(body: Uint8Array, model: string, nowMs: number): AnswerIdentity {
  const digest = sha256Hex(body);
  return {
    id: `chatcmpl-demo${digest.slice(0, 24)}`,
    created: Math.floor(nowMs / 1000),
    model,
    callId: (choice, call) => `call_${sha256Hex(`${digest} ${choice} ${call}`).slice(0, 24)}`,
  };
}

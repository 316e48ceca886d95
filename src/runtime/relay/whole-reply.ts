import type { Reply } from "../../http/exchange.ts";
import type { Call } from "../call.ts";
import { answerHeaders } from "./answer-headers.ts";

/** What of a reply differs from the usual one: JSON with status 200. */
export interface ReplyDetails {
  readonly status?: number;
  readonly contentType?: string;
  /** Header lines beyond those of every answer. */
  readonly headers?: string;
}

const NOTHING: ReplyDetails = {};

/** Ends a call with an answer that is whole. @param preset header lines that were made beforehand */
export function wholeReply(
  call: Call,
  preset: string,
  body: Uint8Array,
  { status = 200, contentType = "application/json", headers = "" }: ReplyDetails = NOTHING,
): Reply {
  call.responseBytes = body.length;
  call.finish(status);
  return { status, headers: answerHeaders(call, preset, contentType) + headers, body };
}

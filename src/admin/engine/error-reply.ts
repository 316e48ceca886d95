import { errorTable } from "../../kernel/codes.ts";
import type { LatchkeyError } from "../../kernel/error.ts";
import { type IdentityReply, jsonReply } from "../identity/identity-http.ts";

/** How the admin API tells an error. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** Field of the request at fault; null: no single one. */
    readonly param: string | null;
    /** What to do about it. */
    readonly help: string;
  };
}

/** Header lines beside those of every reply that an error brings with it. */
export function errorHeaders(error: LatchkeyError): IdentityReply["headers"] {
  const headers: (readonly [name: string, value: string])[] = [];
  if (error.status === 401) headers.push(["www-authenticate", "Bearer"]);
  if (error.allow !== undefined) headers.push(["allow", error.allow]);
  if (error.link !== undefined) headers.push(["link", error.link]);
  if (error.retryAfterS !== undefined) headers.push(["retry-after", String(error.retryAfterS)]);
  return headers;
}

/** What an error says to the caller. */
export function errorBody({ code, message, param }: LatchkeyError): ErrorBody {
  return { error: { code, message, param: param ?? null, help: errorTable[code].help } };
}

/** The reply to a request that failed. */
export function errorReply(error: LatchkeyError, requestId?: string): IdentityReply {
  const id = requestId === undefined ? [] : ([["x-request-id", requestId]] as const);
  return jsonReply(error.status, errorBody(error), [...errorHeaders(error), ...id]);
}

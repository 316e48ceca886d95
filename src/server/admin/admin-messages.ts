import type { IdentityReply } from "../../admin/identity/identity-http.ts";

/** A request as it goes from a serving thread to the main one: plain data. */
export interface AdminRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** In order of arrival; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Of the caller, behind the trusted proxies. */
  readonly remoteAddress: string;
  readonly body: Uint8Array;
}

/** From the serving thread. */
export interface AdminQuestion {
  readonly id: number;
  readonly request: AdminRequest;
}

/** From the main thread. */
export interface AdminAnswer {
  readonly id: number;
  readonly reply: IdentityReply;
}

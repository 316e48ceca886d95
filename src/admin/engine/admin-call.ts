import type { IdentityRequest } from "../identity/identity-http.ts";
import type { Member } from "../identity/member.ts";
import type { PreparedOperation } from "./prepared-operation.ts";

/** A request under way, with what is known of it so far: for the log, however far it comes. */
export interface AdminCall {
  readonly request: IdentityRequest;
  readonly requestId: string;
  /** Monotonic clock, ms. */
  readonly startedMs: number;
  member: Member | undefined;
  operation: PreparedOperation | undefined;
  /** Tenant that the path names. */
  tenant: string | null;
  /** Whether the answer is that of an earlier request. */
  isReplay: boolean;
}

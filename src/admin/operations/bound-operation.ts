import type { AdminParts } from "../admin-parts.ts";
import type { Operation, OperationInput, OperationOutput } from "../contract/operation.ts";
import type { Member } from "../identity/member.ts";

/** What a handler works with. */
export interface OperationContext {
  readonly parts: AdminParts;
  /** Who asks. Has the operation's permission: in the tenant that the path names, where it is one of a tenant. */
  readonly member: Member;
  /** Network address of the member; null: this machine. */
  readonly address: string | null;
  /** Version that the record has to have, from `If-Match`; `undefined`: any. */
  readonly version: number | undefined;
}

/** Does what an operation says. Rejects with a LatchkeyError that is meant for the caller. */
export type OperationHandler<O extends Operation> = (
  context: OperationContext,
  input: OperationInput<O>,
) => Promise<OperationOutput<O>>;

/** An operation with what does it. */
export interface BoundOperation {
  readonly operation: Operation;
  readonly handler: OperationHandler<Operation>;
}

/** Binds an operation to its handler. */
export function bind<O extends Operation>(operation: O, handler: OperationHandler<O>): BoundOperation {
  // The engine hands a handler only what its operation's schemas have read.
  return { operation, handler: handler as unknown as OperationHandler<Operation> };
}

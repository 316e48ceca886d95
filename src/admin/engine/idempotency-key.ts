import { sha256Hex } from "../../kernel/hash.ts";
import { wrongField } from "../check-input.ts";
import { isWrite } from "../identity/csrf.ts";
import type { IdentityRequest } from "../identity/identity-http.ts";
import type { Member } from "../identity/member.ts";

/** A write that may be sent again. */
export interface IdempotentRequest {
  /** Of the member and the key: others' keys are others. */
  readonly id: string;
  /** Address of the member. */
  readonly member: string;
  /** SHA-256 of what was asked. */
  readonly digest: string;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * What the header `Idempotency-Key` makes of a request; undefined where there is none, and for reads.
 * @param bytes the body
 * @throws LatchkeyError LK-2102
 */
export function readIdempotencyKey(
  member: Pick<Member, "address">,
  { method, path, query, headers }: IdentityRequest,
  bytes: Uint8Array,
): IdempotentRequest | undefined {
  const key = headers.get("idempotency-key");
  if (key === null || !isWrite(method)) return undefined;
  if (!KEY.test(key)) {
    throw wrongField("idempotency-key", "This has to be 1 to 255 visible characters of ASCII.");
  }
  // Which version it is meant for is a part of what was asked.
  const asked = [method, path, query, headers.get("if-match"), sha256Hex(bytes)];
  const { address } = member;
  const id = sha256Hex(JSON.stringify([address, key]));
  return { id, member: address, digest: sha256Hex(JSON.stringify(asked)) };
}

import { createCipheriv, createDecipheriv } from "node:crypto";
import { LatchkeyError } from "../kernel/error.ts";
import { canonicalJson } from "../kernel/json.ts";
import type { RecordQuery } from "./record-store.ts";

/** Bytes of a cursor: a position and a tag, eight each, as one block of the cipher. */
const CURSOR_BYTES = 16;
const TAG_BYTES = 8;

const CURSOR_TEXT = /^[A-Za-z0-9_-]{22}$/;

/** What makes a list another one. */
export interface CursorQuery extends Pick<RecordQuery, "tenant" | "where" | "order"> {
  readonly kind: string;
}

/**
 * The `next` of a page. It is enciphered, so that nobody learns from it how many records others have, and it
 * belongs to its query.
 * @param secret 16 random bytes of the store.
 * @param position Of the last record of the page.
 */
export function writeCursor(secret: Uint8Array, query: CursorQuery, position: number): string {
  const block = Buffer.alloc(CURSOR_BYTES);
  block.writeBigUInt64BE(BigInt(position));
  tagOf(query).copy(block, TAG_BYTES);
  return createCipheriv("aes-128-ecb", secret, null)
    .setAutoPadding(false)
    .update(block)
    .toString("base64url");
}

/**
 * Position in a cursor.
 * @throws LatchkeyError LK-2102 with param `after` where it is not one of this store for this query
 */
export function readCursor(secret: Uint8Array, query: CursorQuery, cursor: string): number {
  if (CURSOR_TEXT.test(cursor)) {
    const enciphered = Buffer.from(cursor, "base64url");
    const decipher = createDecipheriv("aes-128-ecb", secret, null).setAutoPadding(false);
    const block = decipher.update(enciphered);
    if (block.subarray(TAG_BYTES).equals(tagOf(query))) return Number(block.readBigUInt64BE());
  }
  throw new LatchkeyError("LK-2102", "`after` is not the `next` of a page of this list.", { param: "after" });
}

/** What makes a query another one; its limit does not. */
function tagOf({ kind, tenant, where, order = "newest" }: CursorQuery): Buffer {
  const text = canonicalJson([kind, tenant === undefined ? [] : [tenant], where ?? {}, order]);
  return Buffer.from(Bun.SHA256.hash(text, "hex").slice(0, 2 * TAG_BYTES), "hex");
}

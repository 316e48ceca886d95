import { CHECKSUM_LENGTH, checksum, randomText } from "./checked-text.ts";

const TOKEN = /^lkt_([0-9A-Za-z]{12})_[0-9A-Za-z]{49}$/;

/**
 * Makes a member's access token: `lkt_<public id>_<secret><checksum>`, with the lengths of an API key's parts. The
 * plain text exists only in the returned value.
 */
export function generateAccessToken(): { readonly text: string; readonly publicId: string } {
  const publicId = randomText(12);
  const body = `lkt_${publicId}_${randomText(43)}`;
  return { text: body + checksum(body), publicId };
}

/** The public id of a well-formed token with a right checksum; `undefined` for anything else. */
export function parseAccessToken(text: string): string | undefined {
  const publicId = TOKEN.exec(text)?.[1];
  if (publicId === undefined) return undefined;
  return checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH) ? publicId : undefined;
}

import { holdsCredential } from "./credential-shapes.ts";
import { findRandomTokens } from "./random-tokens.ts";

/** Whether a text looks like a credential: by its form, or because a part of it looks drawn at random. */
export function mayBeSecret(text: string): boolean {
  return holdsCredential(text) || findRandomTokens(text).length > 0;
}

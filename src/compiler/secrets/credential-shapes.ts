import { credentialShapes } from "../../kernel/credential-shapes.ts";

/** A part of a text, in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** `Basic` is also a word; what follows it is a credential where it is a user and a password in Base64. */
const BASIC = /(?<=\bbasic\s{1,8})[A-Za-z0-9+/]{6,}={0,2}/gi;

/** Where a text holds credentials that are known by their form. */
export function findCredentials(text: string): readonly TextRange[] {
  const basic = rangesOf(text, BASIC).filter(({ start, end }) => isUserAndPassword(text.slice(start, end)));
  return [...credentialShapes.flatMap((shape) => rangesOf(text, shape)), ...basic];
}

/** Whether a text holds a credential that is known by its form. */
export function holdsCredential(text: string): boolean {
  return findCredentials(text).length > 0;
}

function rangesOf(text: string, shape: RegExp): readonly TextRange[] {
  return [...text.matchAll(shape)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** RFC 7617. */
function isUserAndPassword(encoded: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(encoded, "base64").toString("latin1"));
}

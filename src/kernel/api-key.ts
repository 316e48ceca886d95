import { CHECKSUM_LENGTH, checksum, randomText } from "./checked-text.ts";

/**
 * Latchkey keys: `lk_<environment>_<public id>_<secret><checksum>`. The public id (12 characters) may be shown
 * and logged; the secret is 43 random characters (256 bits); the checksum (6) is the CRC-32 of all that is
 * before it, so that mistyped keys and garbage are refused without a look-up and secret scanners can be sure.
 */
export interface ApiKeyParts {
  readonly environment: string;
  readonly publicId: string;
}

const PUBLIC_ID_LENGTH = 12;
const SECRET_LENGTH = 43;
const KEY = /^lk_([a-z0-9]{1,16})_([0-9A-Za-z]{12})_([0-9A-Za-z]{49})$/;

/** Whether a text may be the environment part of a key: 1 to 16 lower-case letters or digits. */
export function isKeyEnvironment(text: string): boolean {
  return /^[a-z0-9]{1,16}$/.test(text);
}

/** Makes a new key from the machine's secure random source. The plain text exists only in the returned value. */
export function generateApiKey(environment: string): string {
  const body = `lk_${environment}_${randomText(PUBLIC_ID_LENGTH)}_${randomText(SECRET_LENGTH)}`;
  return body + checksum(body);
}

/** The public parts of a well-formed key with a right checksum; `undefined` for anything else. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const match = KEY.exec(text);
  if (match === null) return undefined;
  const body = text.slice(0, -CHECKSUM_LENGTH);
  if (checksum(body) !== text.slice(-CHECKSUM_LENGTH)) return undefined;
  return { environment: match[1] ?? "", publicId: match[2] ?? "" };
}

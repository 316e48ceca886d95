/**
 * Latchkey keys: `lk_<environment>_<public id>_<secret><checksum>`. The public id (12 characters) may be shown
 * and logged; the secret is 43 random characters (256 bits); the checksum (6) is the CRC-32 of all that is
 * before it, so that mistyped keys and garbage are refused without a look-up and secret scanners can be sure.
 */
export interface ApiKeyParts {
  readonly environment: string;
  readonly publicId: string;
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PUBLIC_ID_LENGTH = 12;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
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

function checksum(body: string): string {
  let rest = Bun.hash.crc32(body);
  let text = "";
  for (let index = 0; index < CHECKSUM_LENGTH; index++) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** Uniform characters: bytes beyond the last multiple of 62 are thrown away. */
function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}

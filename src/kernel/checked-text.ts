const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Length of a `checksum`. */
export const CHECKSUM_LENGTH = 6;

/** The CRC-32 of a text as six letters and digits: finds typing errors, and proves nothing. */
export function checksum(body: string): string {
  let rest = Bun.hash.crc32(body);
  let text = "";
  for (let index = 0; index < CHECKSUM_LENGTH; index++) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** Letters and digits from the machine's secure random source, each as likely: 43 of them are worth 256 bits. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    // Bytes beyond the last multiple of 62 are thrown away.
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}

/** `table[byte]` is 1 for the bytes of a token: names of headers and methods (RFC 9110, 5.6.2). */
export const TOKEN_BYTES: Uint8Array = tableOf((byte) =>
  /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)),
);

/** `table[byte]` is 1 for the bytes of a field's value, tab and space included (RFC 9110, 5.5). */
export const FIELD_BYTES: Uint8Array = tableOf((byte) => byte === 0x09 || (byte >= 0x20 && byte !== 0x7f));

/** `table[byte]` is the value of a hexadecimal digit, 255 for every other byte. */
export const HEX_VALUES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? 255 : value;
});

function tableOf(accepts: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (accepts(byte) ? 1 : 0));
}

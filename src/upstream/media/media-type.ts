/** First bytes by which a kind of file is known; `undefined` stands for any byte. */
const MAGIC: readonly (readonly [type: string, bytes: readonly (number | undefined)[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, ...Array<undefined>(4), 0x57, 0x45, 0x42, 0x50]],
  ["audio/wav", [0x52, 0x49, 0x46, 0x46, ...Array<undefined>(4), 0x57, 0x41, 0x56, 0x45]],
  ["audio/mpeg", [0x49, 0x44, 0x33]],
  ["application/pdf", [0x25, 0x50, 0x44, 0x46]],
];

/** Media type of fetched bytes: what they show themselves to be, else what the server says of them. */
export function mediaTypeOf(bytes: Uint8Array, contentType: string | undefined): string {
  for (const [type, magic] of MAGIC) {
    if (magic.every((byte, at) => byte === undefined || bytes[at] === byte)) return type;
  }
  const [said = ""] = (contentType ?? "").split(";");
  return said.trim().toLowerCase() || "application/octet-stream";
}

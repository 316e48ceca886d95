const STARTS: readonly (readonly [mediaType: string, at: number, bytes: string])[] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF8"],
  ["image/webp", 8, "WEBP"],
];

/** What a picture is by its first bytes. */
export function sniffImage(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  return STARTS.find(([, at, start]) => head.startsWith(start, at))?.[0];
}

/** The short name of a format, such as `png`, by its media type. */
export function formatOf(mediaType: string | undefined): string | undefined {
  return /^image\/(png|jpeg|webp)$/.exec(mediaType ?? "")?.[1];
}

/** A picture's bytes as a `data:` URL. */
export function dataUrl(mediaType: string, base64: string): string {
  return `data:${mediaType};base64,${base64}`;
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

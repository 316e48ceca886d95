/** Where a sign-in leads when nobody said where to. */
export const DEFAULT_RETURN_PATH = "/portal";

/**
 * A path of this gateway that a browser may be sent back to. Whatever could be read as another site's address, by
 * any browser, is refused: `//host`, `/\host`, a scheme, white space and control characters, in any spelling.
 * @param text path and perhaps a query, as the caller sent it
 * @returns `undefined` where it is no such path
 */
export function readReturnPath(text: string): string | undefined {
  if (text.length > 1024 || !/^\/[!-[\]-~]*$/.test(text) || text.startsWith("//")) return undefined;
  const base = "https://gateway.invalid";
  const url = URL.parse(text, base);
  // Dots are worked out here, so that they cannot hide a second slash.
  if (url === null || url.origin !== base || url.pathname.startsWith("//")) return undefined;
  return url.pathname + url.search + url.hash;
}

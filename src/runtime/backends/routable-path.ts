/**
 * What no path to a backend has, because servers differ in what they make of it: encoded slashes, back-slashes and
 * control characters, encoded once or more often; ASCII in longer UTF-8 than it has, which careless readers take for
 * dots and slashes; parameters of segments, which some servers cut off before they look at the path; and percent signs
 * that encode nothing.
 */
const DIVIDED =
  /;|%(?:25)*(?:2f|5c|[01][\da-f]|7f|c[01]%(?:25)*[89ab]|e0%(?:25)*[89]|f0%(?:25)*8)|%(?![\da-f]{2})|%25(?:25)*2e/i;

/** Whether every server reads a path in the same way, once it is plain to the gateway. */
export function isRoutablePath(path: string): boolean {
  return !DIVIDED.test(path);
}

/** Escapes of letters, digits and `-._~`, which mean the same as what they stand for (RFC 3986, 6.2.2.2). */
const NEEDLESS = /%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/gi;

/** A path as it is routed and sent on: what can be written without an escape is. */
export function withoutNeedlessEscapes(path: string): string {
  if (!path.includes("%")) return path;
  return path.replace(NEEDLESS, (text) => String.fromCharCode(Number.parseInt(text.slice(1), 16)));
}

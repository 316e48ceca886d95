/**
 * What no path to a backend has, because servers differ in what they make of it: encoded slashes, back-slashes and
 * zeros, encoded once or twice; parameters of segments, which some servers cut off before they look at the path; and
 * percent signs that encode nothing.
 */
const DIVIDED = /;|%(?:25)*(?:2f|5c|00)|%(?![0-9a-f]{2})|%25(?:25)*2e/i;

/** Whether every server reads a path in the same way, once it is plain to the gateway. */
export function isRoutablePath(path: string): boolean {
  return !DIVIDED.test(path);
}

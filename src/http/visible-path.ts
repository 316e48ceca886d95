const INVISIBLE = /[^\x21-\x7e]/;
const EACH_INVISIBLE = /[^\x21-\x7e]/g;

/**
 * A path for people and logs. It was read byte by byte, so that a letter beyond ASCII would be shown as several wrong
 * ones: such bytes are percent-encoded, as RFC 3986, 2.5, has them written. What the caller had encoded stays as it is.
 */
export function visiblePath(path: string): string {
  return INVISIBLE.test(path) ? path.replace(EACH_INVISIBLE, encode) : path;
}

function encode(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

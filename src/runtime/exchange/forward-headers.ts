import type { RequestHeaders } from "../../http/exchange.ts";

/** Values that a head can hold: nothing that could end a line, no longer than any real one. */
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]{0,998}[\x21-\x7e])?$/;

/**
 * A head with the caller's own words in some headers, for targets that the caller's bytes pass through to: they belong
 * to the body, such as the version that it is written for. They take the place of what the head has under that name.
 * @param names lower-case; never those of credentials
 */
export function forwardHeaders(head: string, names: readonly string[], headers: RequestHeaders): string {
  const own = names.flatMap((name): (readonly [string, string])[] => {
    const value = headers.get(name);
    return value !== null && PLAIN.test(value) ? [[name, value]] : [];
  });
  return withHeaders(head, own);
}

/** A head with some headers (lower-case names), which take the place of what it has under their names. */
export function withHeaders(
  head: string,
  headers: readonly (readonly [name: string, value: string])[] = [],
): string {
  let result = head;
  for (const [name, value] of headers) result = `${without(result, name)}${name}: ${value}\r\n`;
  return result;
}

/** A head without a header; the request line stays. */
function without(head: string, name: string): string {
  const start = `${name}:`;
  const [requestLine = "", ...lines] = head.split("\r\n");
  const kept = lines.filter((line) => line.slice(0, start.length).toLowerCase() !== start);
  return [requestLine, ...kept].join("\r\n");
}

/** Whatever cannot stand in a request line, and a fragment, which never goes to a server. */
const ODD = /[^\x21\x22\x24-\x7e]/g;

/**
 * The query as an upstream gets it: without the parameter that carries the caller's key, and with odd bytes escaped.
 * @param query without its question mark
 */
export function outgoingQuery(query: string): string {
  if (query === "") return "";
  const kept = query.split("&").filter((pair) => !isKey(pair));
  const text = kept.join("&").replace(ODD, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return text === "" ? "" : `?${text}`;
}

/** Read as those read it who look for the key: decoded. */
function isKey(pair: string): boolean {
  return new URLSearchParams(pair).keys().next().value === "key";
}

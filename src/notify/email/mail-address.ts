/** What stands before the @ without quotes (RFC 5322, 3.2.3), and a host name, perhaps not in ASCII, behind it. */
const ADDRESS =
  /^(?=.{3,254}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;
const NAMED = /^([^<>"\p{Cc}]*)<([^<>]*)>$/u;

/** Whether a text is one plain address: no name, no list, nothing that could end a line or a command. */
export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** An address and the name that stands before it. */
export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

/** Reads `ops@example.com` or `Latchkey <ops@example.com>`; undefined: it is neither. */
export function readNamedAddress(text: string): NamedAddress | undefined {
  const [, name, inner] = NAMED.exec(text) ?? [];
  const address = (inner ?? text).trim();
  return isMailAddress(address) ? { name: (name ?? "").trim(), address } : undefined;
}

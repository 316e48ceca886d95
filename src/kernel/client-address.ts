import { readAddress, renderAddress } from "./ip-address.ts";
import { holdsAddress, type Networks } from "./networks.ts";

const words = new Uint32Array(4);

/**
 * The address that a request comes from. `X-Forwarded-For` is believed from its right end on, and only as far as the
 * proxy that wrote an entry is trusted: what a stranger has put in front changes nothing. An entry that is no address
 * ends the walk at the proxy that wrote it. Entries may have ports and brackets.
 * @param remoteAddress the other end of the connection, as the socket names it
 * @param forwardedFor value of the header, several of them joined by commas; undefined: there is none
 * @returns the address in its one form, IPv4-mapped ones as IPv4; what the socket says where that is no address
 */
export function clientAddress(
  remoteAddress: string,
  forwardedFor: string | undefined,
  trusted: Networks,
): string {
  const remote = plainAddress(remoteAddress);
  if (forwardedFor === undefined || !holdsAddress(trusted, remote, 0, remote.length)) return remote;
  let client = remote;
  let end = forwardedFor.length;
  while (end >= 0) {
    const comma = end === 0 ? -1 : forwardedFor.lastIndexOf(",", end - 1);
    const entry = forwardedAddress(forwardedFor.slice(comma + 1, end).trim());
    if (entry === undefined) return client;
    client = entry;
    if (!holdsAddress(trusted, client, 0, client.length)) return client;
    end = comma;
  }
  return client;
}

/** An address in its one form, IPv4-mapped ones as IPv4; what is no address as it is. */
export function plainAddress(text: string): string {
  // What is nearly always the case: there is nothing to change.
  if (!text.includes(":")) return text;
  // A zone names an interface of this machine, and is no part of the address.
  const zone = text.indexOf("%");
  const family = readAddress(text, 0, zone < 0 ? text.length : zone, words);
  return family === 0 ? text : renderAddress(family, words);
}

const WITH_PORT = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::[0-9]{1,5})?$/;

function forwardedAddress(entry: string): string | undefined {
  const [, bracketed, plain] = WITH_PORT.exec(entry) ?? [];
  const text = bracketed ?? plain ?? entry;
  const family = readAddress(text, 0, text.length, words);
  if (family === 0 || (bracketed !== undefined && !text.includes(":"))) return undefined;
  return renderAddress(family, words);
}

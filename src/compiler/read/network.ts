import { isIPv4, isIPv6 } from "node:net";

/** What a text says about a network. */
export type NetworkOutcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string; readonly meant?: string };

/** Reads CIDR form: an address, a slash and the length of the prefix; RFC 4632 and RFC 4291. */
export function parseNetwork(written: string): NetworkOutcome {
  const [address = "", length, ...rest] = written.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes("%") ? 128 : 0;
  if (bits === 0) return { ok: false, problem: "it does not begin with an IP address" };
  if (length === undefined) {
    return { ok: false, problem: "it has no prefix length", meant: `${address}/${bits}` };
  }
  if (rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) {
    return { ok: false, problem: `its prefix length must be a number from 0 to ${bits}` };
  }
  return hostBits(address, bits, Number(length));
}

/** An address with bits after the prefix is most likely a mistake: the reader cannot know which part counts. */
function hostBits(address: string, bits: number, length: number): NetworkOutcome {
  const value = bits === 32 ? parseV4(address) : parseV6(address);
  const host = BigInt(bits - length);
  const network = (value >> host) << host;
  if (network === value) return { ok: true, text: `${address}/${length}` };
  const meant = `${bits === 32 ? formatV4(network) : formatV6(network)}/${length}`;
  return { ok: false, problem: `its address has bits beyond the prefix of ${length}`, meant };
}

function parseV4(address: string): bigint {
  return address.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
}

function parseV6(address: string): bigint {
  const [head = "", tail] = address.split("::");
  const before = words(head);
  const after = tail === undefined ? [] : words(tail);
  const zeros = new Array<bigint>(tail === undefined ? 0 : 8 - before.length - after.length).fill(0n);
  return [...before, ...zeros, ...after].reduce((value, word) => (value << 16n) | word, 0n);
}

/** Words of 16 bits; the last 32 bits may be written as an IPv4 address. */
function words(part: string): readonly bigint[] {
  if (part === "") return [];
  return part.split(":").flatMap((word) => {
    if (!word.includes(".")) return [BigInt(`0x${word}`)];
    const v4 = parseV4(word);
    return [v4 >> 16n, v4 & 0xffffn];
  });
}

function formatV6(value: bigint): string {
  const text = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) text.push(((value >> shift) & 0xffffn).toString(16));
  return text.join(":").replace(/(?:^|:)0(?::0)+(?::|$)/, "::");
}

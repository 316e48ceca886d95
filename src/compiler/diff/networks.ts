import { BlockList, isIPv4, isIPv6 } from "node:net";

const EVERYWHERE = ["0.0.0.0/0", "::/0"] as const;

/**
 * Whether every address of some networks lies in others. Null is everywhere. Networks that only together cover
 * another one do not count as covering it, and a text that is no network covers itself alone: what is in doubt
 * is not covered.
 */
export function areCovered(inner: readonly string[] | null, outer: readonly string[] | null): boolean {
  if (outer === null) return true;
  return (inner ?? EVERYWHERE).every((text) => outer.some((other) => covers(other, text)));
}

function covers(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const [wide, narrow] = [parse(outer), parse(inner)];
  if (wide === undefined || narrow === undefined) return false;
  if (wide.family !== narrow.family || wide.prefix > narrow.prefix) return false;
  const list = new BlockList();
  list.addSubnet(wide.address, wide.prefix, wide.family);
  return list.check(narrow.address, narrow.family);
}

interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

function parse(text: string): Network | undefined {
  const [address = "", length = ""] = text.split("/");
  if (!/^\d{1,3}$/.test(length)) return undefined;
  if (isIPv4(address)) return { address, prefix: Number(length), family: "ipv4" };
  return isIPv6(address) ? { address, prefix: Number(length), family: "ipv6" } : undefined;
}

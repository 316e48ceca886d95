import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const internal = new BlockList();
for (const [address, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  internal.addSubnet(address, bits, "ipv4");
}
for (const [address, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
] as const) {
  internal.addSubnet(address, bits, "ipv6");
}

/**
 * Whether a URL's host is, by its own words, this machine or one of a private network (RFC 1918, RFC 4193 and the like).
 * What a name resolves to is another matter, which is checked when it is connected to.
 */
export function isPrivateHost(hostname: string, reach: "loopback" | "internal"): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  const family = isIP(host);
  if (family === 0) return false;
  return (reach === "loopback" ? loopback : internal).check(host, family === 4 ? "ipv4" : "ipv6");
}

import { BlockList, isIP } from "node:net";

/** An IPv4 address that is written as an IPv6 one (RFC 4291, 2.5.5.2). */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An address as it is compared and shown: IPv4 where it is one, whatever it was written as. */
export function plainAddress(address: string): string {
  return MAPPED.exec(address)?.[1] ?? address;
}

/** Networks that an address may be in. */
export class NetworkSet {
  readonly #list = new BlockList();

  /** @param networks in CIDR notation, or single addresses; others are left out */
  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = "", bits] = network.split("/");
      const family = isIP(address);
      if (family === 0) continue;
      const type = family === 4 ? "ipv4" : "ipv6";
      this.#list.addSubnet(address, bits === undefined ? (family === 4 ? 32 : 128) : Number(bits), type);
    }
  }

  has(address: string): boolean {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && this.#list.check(plain, family === 4 ? "ipv4" : "ipv6");
  }
}

import type { IncomingRequest } from "../../http/exchange.ts";
import { clientAddress } from "../../kernel/client-address.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { allowsAddress, type Networks } from "../../kernel/networks.ts";
import type { KeyConditions, KeyEntry } from "../key-table.ts";

/**
 * What a key demands of a request beside itself.
 * @param trustedProxies whose word on the caller's address counts
 * @throws LatchkeyError LK-2011 (network), LK-2012 (method).
 */
export function checkKeyConditions(
  key: KeyEntry,
  { methods, networks }: KeyConditions,
  request: IncomingRequest,
  trustedProxies: Networks,
): void {
  const named = `key ${key.app.tenant}/${key.app.name}/${key.name}`;
  if (networks !== null) {
    const forwarded = request.headers.get("x-forwarded-for") ?? undefined;
    const address = clientAddress(request.remoteAddress, forwarded, trustedProxies);
    if (!allowsAddress(networks, address)) {
      throw new LatchkeyError("LK-2011", undefined, { internal: `${named} was used from ${address}` });
    }
  }
  if (methods !== null && !methods.has(request.method)) {
    const allowed = [...methods].join(", ") || "no";
    throw new LatchkeyError("LK-2012", `This key may be used for ${allowed} requests only.`, {
      param: "method",
      internal: `${named} may not use ${request.method}`,
    });
  }
}

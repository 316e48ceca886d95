import type { IdentityRequest } from "../../admin/identity/identity-http.ts";
import type { BodyLimits, IncomingRequest } from "../../http/exchange.ts";
import { clientAddress } from "../../kernel/client-address.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Networks } from "../../kernel/networks.ts";
import type { AdminRequest } from "./admin-messages.ts";

/** Bounds within which the body of a request to the administration is read. */
const LIMITS: BodyLimits = { maxBytes: 1024 * 1024, timeoutMs: 30_000 };

/**
 * A request as plain data, with its whole body.
 * @param trustedProxies whose word on the caller's address counts
 * @throws LatchkeyError as `IncomingRequest.readBody`
 */
export async function toAdminRequest(
  request: IncomingRequest,
  trustedProxies: Networks,
): Promise<AdminRequest> {
  const { method, path, query, headers, remoteAddress } = request;
  const forwarded = headers.get("x-forwarded-for") ?? undefined;
  return {
    method,
    path,
    query,
    headers: [...headers.entries()].map(([name, value]) => [name, value]),
    remoteAddress: clientAddress(remoteAddress, forwarded, trustedProxies),
    body: await request.readBody(LIMITS),
  };
}

/** Such data as the administration takes a request. */
export function fromAdminRequest(request: AdminRequest): IdentityRequest {
  const { method, path, query, remoteAddress, body } = request;
  const headers = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return {
    method,
    path,
    query,
    remoteAddress,
    headers: { get: (name) => headers.get(name) ?? null },
    async readBody(maxBytes) {
      if (body.length <= maxBytes) return body;
      throw new LatchkeyError("LK-2104", `The request body is larger than ${maxBytes} bytes.`);
    },
  };
}

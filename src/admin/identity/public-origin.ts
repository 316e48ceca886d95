import { LatchkeyError } from "../../kernel/error.ts";
import type { IdentityRequest } from "./identity-http.ts";

/** Host headers that can only mean this machine. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/** Where browsers reach the gateway. */
export interface PublicAddress {
  /** Scheme, host and port, as in the `Origin` header. */
  readonly origin: string;
  /** What every path begins with; empty or `/…` without a slash at its end. */
  readonly prefix: string;
  readonly isSecure: boolean;
}

/**
 * Where the browser that sent a request reaches the gateway. `Host` is believed only where it names this machine:
 * whoever chooses it would choose where codes and links go, and a name that was bent to 127.0.0.1 is not ours.
 * `X-Forwarded-*` is never looked at.
 * @param publicUrl as in the settings
 * @throws LatchkeyError LK-2023 where the settings name no address and the request is not to this machine
 */
export function publicAddressOf(
  publicUrl: string | null,
  request: Pick<IdentityRequest, "headers">,
): PublicAddress {
  if (publicUrl !== null) {
    const url = new URL(publicUrl);
    return {
      origin: url.origin,
      prefix: url.pathname.replace(/\/+$/, ""),
      isSecure: url.protocol === "https:",
    };
  }
  const host = request.headers.get("host")?.toLowerCase() ?? "";
  if (!LOOPBACK.test(host)) throw new LatchkeyError("LK-2023");
  // As browsers write it: without the port that the scheme has anyway.
  return { origin: `http://${host.replace(/:80$/, "")}`, prefix: "", isSecure: false };
}

import { isIP } from "node:net";
import type { TLSOptions } from "bun";
import type { LatchkeyError } from "../kernel/error.ts";
import { createHttpUpstream } from "./http-upstream.ts";
import { isPublicAddress } from "./media/public-address.ts";
import { renderRequestHead } from "./request-head.ts";
import type { UpstreamResponseHead } from "./upstream.ts";

/** How an URL that others have chosen is called without being led astray. */
export interface GuardOptions {
  /** Addresses of a host name, as `dns.promises.lookup` with `all` finds them. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
  /** Whether an address may be called; default: those of the public internet. */
  readonly isAllowed?: (address: string) => boolean;
  /** TLS settings beyond the defaults, such as `ca`. */
  readonly tls?: TLSOptions;
  /** Makes the error for a reason such as "its host is unknown", which names no address. */
  readonly failure: (reason: string, cause?: LatchkeyError) => LatchkeyError;
}

/** One request to a checked address. */
export interface GuardedRequest {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Bytes of an answer at most. */
  readonly maxBytes: number;
  /** What becomes of a larger one: it is refused, or its rest is not read. */
  readonly larger: "refuse" | "cut";
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
}

/** A whole answer. */
export interface GuardedAnswer {
  readonly head: UpstreamResponseHead;
  readonly body: Uint8Array;
}

/**
 * Reads a plain http or https URL, without credentials in it.
 * @throws what `failure` makes
 */
export function plainUrl(text: string, failure: GuardOptions["failure"], base?: URL): URL {
  const url = URL.parse(text, base?.href);
  const isPlain =
    url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (!isPlain) throw failure("it is no plain http or https URL");
  return url;
}

/**
 * The address to call for an URL. Every address behind the name has to be allowed, and the connection has to go to the
 * very address that was looked at: a name that is looked up twice could lead to two places.
 * @throws what `failure` makes
 */
export async function allowedAddress(url: URL, options: GuardOptions): Promise<string> {
  const hostname = hostnameOf(url);
  const addresses = isIP(hostname) === 0 ? await options.resolve(hostname).catch(() => []) : [hostname];
  const isAllowed = options.isAllowed ?? isPublicAddress;
  const [first] = addresses;
  if (first === undefined) throw options.failure("its host is unknown");
  // All of them: which one a resolver names first is not for the caller to choose.
  if (!addresses.every(isAllowed)) throw options.failure("its host is not on the public internet");
  return first;
}

/**
 * Sends one request to an address, under the URL's own name, and reads the answer. Redirects are answers like others.
 * @throws what `failure` makes
 */
export function requestAt(
  url: URL,
  address: string,
  request: GuardedRequest,
  options: GuardOptions,
): Promise<GuardedAnswer> {
  const { timeoutMs } = request;
  if (timeoutMs <= 0) return Promise.reject(options.failure("it took too long"));
  const upstream = upstreamAt(url, address, options);
  const { promise, resolve, reject } = Promise.withResolvers<GuardedAnswer>();
  const pieces: Uint8Array[] = [];
  let size = 0;
  let head: UpstreamResponseHead | undefined;
  const handle = upstream.send({
    head: renderRequestHead({
      method: request.method,
      path: `${url.pathname}${url.search}`,
      host: url.host,
      headers: request.headers,
    }),
    body: request.body,
    timeouts: { connectMs: timeoutMs, firstByteMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs },
    receiver: {
      onHead: (received) => {
        head = received;
      },
      onData: (chunk) => {
        size += chunk.length;
        if (size <= request.maxBytes) return void pieces.push(chunk);
        handle.abort();
        if (request.larger === "refuse" || head === undefined)
          return reject(options.failure(`it is larger than ${request.maxBytes} bytes`));
        resolve({ head, body: Buffer.concat(pieces) });
      },
      onEnd: () =>
        head === undefined
          ? reject(options.failure("its host did not answer"))
          : resolve({ head, body: Buffer.concat(pieces) }),
      onError: (error) => reject(options.failure("its host did not answer as it should", error)),
    },
  });
  return promise.finally(() => upstream.close());
}

function upstreamAt(url: URL, address: string, { tls }: GuardOptions): ReturnType<typeof createHttpUpstream> {
  const isTls = url.protocol === "https:";
  const hostname = hostnameOf(url);
  return createHttpUpstream({
    origin: {
      protocol: isTls ? "https" : "http",
      hostname: address,
      port: url.port === "" ? (isTls ? 443 : 80) : Number(url.port),
    },
    maxConnections: 1,
    tls: { ...(isIP(hostname) === 0 && { serverName: hostname }), ...tls },
  });
}

function hostnameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

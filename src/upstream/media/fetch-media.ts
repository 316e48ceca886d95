import { isIP } from "node:net";
import type { TLSOptions } from "bun";
import { LatchkeyError } from "../../kernel/error.ts";
import { createHttpUpstream } from "../http-upstream.ts";
import { renderRequestHead } from "../request-head.ts";
import { headerOf, type UpstreamResponseHead } from "../upstream.ts";
import { mediaTypeOf } from "./media-type.ts";
import { isPublicAddress } from "./public-address.ts";

/** A fetched file. */
export interface FetchedMedia {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Bounds of fetching, and where names are looked up. */
export interface MediaFetchOptions {
  /** Bytes of a file at most. */
  readonly maxBytes: number;
  /** Milliseconds for one file, redirects included. */
  readonly timeoutMs: number;
  /** Addresses of a host name, as `dns.promises.lookup` with `all` finds them. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
  /** Whether an address may be called; default: those of the public internet. */
  readonly isAllowed?: (address: string) => boolean;
  /** TLS settings beyond the defaults, such as `ca`. */
  readonly tls?: TLSOptions;
}

/** Redirects that are followed at most. */
const MAX_REDIRECTS = 3;

/**
 * Fetches a file that a caller names by its URL. Every address behind the name has to be allowed, at every
 * redirect, and the connection goes to the very address that was looked at: a name that is looked up twice
 * could lead to two places.
 * @throws LatchkeyError LK-2111, with `param`.
 */
export async function fetchMedia(
  url: string,
  param: string,
  options: MediaFetchOptions,
): Promise<FetchedMedia> {
  const deadline = performance.now() + options.timeoutMs;
  let at = checkedUrl(url, param);
  for (let redirects = 0; ; redirects++) {
    const address = await addressOf(at, param, options);
    const answer = await request(at, address, param, { ...options, timeoutMs: deadline - performance.now() });
    const location = redirectOf(answer.head);
    if (location === undefined) return media(answer, param);
    if (redirects === MAX_REDIRECTS) throw failure(param, "it is redirected too often");
    const next = checkedUrl(location, param, at);
    if (at.protocol === "https:" && next.protocol !== "https:")
      throw failure(param, "it is redirected to plain http");
    at = next;
  }
}

function checkedUrl(text: string, param: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  const isPlain =
    url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (!isPlain) throw failure(param, "it is no plain http or https URL");
  return url;
}

async function addressOf(url: URL, param: string, options: MediaFetchOptions): Promise<string> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(hostname) === 0 ? await options.resolve(hostname).catch(() => []) : [hostname];
  const isAllowed = options.isAllowed ?? isPublicAddress;
  const [first] = addresses;
  if (first === undefined) throw failure(param, "its host is unknown");
  // All of them: which one a resolver names first is not for the caller to choose.
  if (!addresses.every(isAllowed)) throw failure(param, "its host is not on the public internet");
  return first;
}

interface Answer {
  readonly head: UpstreamResponseHead;
  readonly body: Uint8Array;
}

function request(url: URL, address: string, param: string, options: MediaFetchOptions): Promise<Answer> {
  if (options.timeoutMs <= 0) return Promise.reject(failure(param, "it took too long"));
  const isTls = url.protocol === "https:";
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const upstream = createHttpUpstream({
    origin: {
      protocol: isTls ? "https" : "http",
      hostname: address,
      port: url.port === "" ? (isTls ? 443 : 80) : Number(url.port),
    },
    maxConnections: 1,
    tls: { ...(isIP(hostname) === 0 && { serverName: hostname }), ...options.tls },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const pieces: Uint8Array[] = [];
  let size = 0;
  let head: UpstreamResponseHead | undefined;
  const handle = upstream.send({
    head: renderRequestHead({
      method: "GET",
      path: `${url.pathname}${url.search}`,
      host: url.host,
      headers: [
        ["accept", "*/*"],
        ["accept-encoding", "identity"],
        ["user-agent", "latchkey"],
      ],
    }),
    body: new Uint8Array(),
    timeouts: {
      connectMs: options.timeoutMs,
      firstByteMs: options.timeoutMs,
      idleMs: options.timeoutMs,
      totalMs: options.timeoutMs,
    },
    receiver: {
      onHead: (received) => {
        head = received;
      },
      onData: (chunk) => {
        size += chunk.length;
        pieces.push(chunk);
        if (size <= options.maxBytes) return;
        handle.abort();
        reject(failure(param, `it is larger than ${options.maxBytes} bytes`));
      },
      onEnd: () =>
        head === undefined
          ? reject(failure(param, "its host did not answer"))
          : resolve({ head, body: Buffer.concat(pieces) }),
      onError: (error) => reject(failure(param, "its host did not answer as it should", error)),
    },
  });
  return promise.finally(() => upstream.close());
}

function redirectOf(head: UpstreamResponseHead): string | undefined {
  return [301, 302, 303, 307, 308].includes(head.status) ? headerOf(head, "location") : undefined;
}

function media({ head, body }: Answer, param: string): FetchedMedia {
  if (head.status !== 200) throw failure(param, `its host answered with status ${head.status}`);
  if (body.length === 0) throw failure(param, "it is empty");
  return { bytes: body, mediaType: mediaTypeOf(body, headerOf(head, "content-type")) };
}

function failure(param: string, reason: string, cause?: LatchkeyError): LatchkeyError {
  return new LatchkeyError("LK-2111", `The file of \`${param}\` could not be fetched: ${reason}.`, {
    param,
    ...(cause?.internal !== undefined && { internal: cause.internal }),
    cause,
  });
}

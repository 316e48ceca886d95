import type { TLSOptions } from "bun";
import { LatchkeyError } from "../../kernel/error.ts";
import {
  allowedAddress,
  type GuardedAnswer,
  type GuardOptions,
  plainUrl,
  requestAt,
} from "../guarded-request.ts";
import { headerOf, type UpstreamResponseHead } from "../upstream.ts";
import { mediaTypeOf } from "./media-type.ts";

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
 * redirect, and the connection goes to the very address that was looked at.
 * @throws LatchkeyError LK-2111, with `param`.
 */
export async function fetchMedia(
  url: string,
  param: string,
  options: MediaFetchOptions,
): Promise<FetchedMedia> {
  const deadline = performance.now() + options.timeoutMs;
  const failure: GuardOptions["failure"] = (reason, cause) => refusal(param, reason, cause);
  const guard = { ...options, failure };
  let at = plainUrl(url, failure);
  for (let redirects = 0; ; redirects++) {
    const address = await allowedAddress(at, guard);
    const request = { ...GET, maxBytes: options.maxBytes, timeoutMs: deadline - performance.now() };
    const answer = await requestAt(at, address, request, guard);
    const location = redirectOf(answer.head);
    if (location === undefined) return media(answer, failure);
    if (redirects === MAX_REDIRECTS) throw failure("it is redirected too often");
    const next = plainUrl(location, failure, at);
    if (at.protocol === "https:" && next.protocol !== "https:")
      throw failure("it is redirected to plain http");
    at = next;
  }
}

const GET = {
  method: "GET",
  headers: [
    ["accept", "*/*"],
    ["accept-encoding", "identity"],
    ["user-agent", "latchkey"],
  ],
  body: new Uint8Array(),
  larger: "refuse",
} as const;

function redirectOf(head: UpstreamResponseHead): string | undefined {
  return [301, 302, 303, 307, 308].includes(head.status) ? headerOf(head, "location") : undefined;
}

function media({ head, body }: GuardedAnswer, failure: GuardOptions["failure"]): FetchedMedia {
  if (head.status !== 200) throw failure(`its host answered with status ${head.status}`);
  if (body.length === 0) throw failure("it is empty");
  return { bytes: body, mediaType: mediaTypeOf(body, headerOf(head, "content-type")) };
}

function refusal(param: string, reason: string, cause?: LatchkeyError): LatchkeyError {
  return new LatchkeyError("LK-2111", `The file of \`${param}\` could not be fetched: ${reason}.`, {
    param,
    ...(cause?.internal !== undefined && { internal: cause.internal }),
    cause,
  });
}

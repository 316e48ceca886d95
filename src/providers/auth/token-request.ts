import { LatchkeyError } from "../../kernel/error.ts";
import { createHttpUpstream } from "../../upstream/http-upstream.ts";
import { parseOrigin } from "../../upstream/parse-origin.ts";
import { renderRequestHead } from "../../upstream/request-head.ts";

/** What a token service has answered. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: string;
}

/** Milliseconds of a request for a token. */
const TIMEOUT_MS = 10_000;
/** Bytes of an answer at most: a token has a few thousand. */
const MAX_BYTES = 256 * 1024;

/**
 * Posts a form to a token service (RFC 6749, 3.2), on a connection of its own. Redirects are not followed.
 * Rejects with LatchkeyError LK-3002 to LK-3008 where no answer comes, LK-3013 where it is too large.
 */
export function requestToken(url: string, form: URLSearchParams): Promise<TokenAnswer> {
  const { origin, host, pathPrefix } = parseOrigin(url);
  const upstream = createHttpUpstream({ origin, maxConnections: 1 });
  const { promise, resolve, reject } = Promise.withResolvers<TokenAnswer>();
  const pieces: Uint8Array[] = [];
  let size = 0;
  let status = 0;
  const handle = upstream.send({
    head: renderRequestHead({
      method: "POST",
      path: pathPrefix === "" ? "/" : pathPrefix,
      host,
      headers: [
        ["content-type", "application/x-www-form-urlencoded"],
        ["accept", "application/json"],
        ["accept-encoding", "identity"],
        ["user-agent", "latchkey"],
      ],
    }),
    body: new TextEncoder().encode(form.toString()),
    timeouts: { connectMs: TIMEOUT_MS, firstByteMs: TIMEOUT_MS, idleMs: TIMEOUT_MS, totalMs: TIMEOUT_MS },
    receiver: {
      onHead: (head) => {
        status = head.status;
      },
      onData: (chunk) => {
        size += chunk.length;
        pieces.push(chunk);
        if (size <= MAX_BYTES) return;
        handle.abort();
        reject(new LatchkeyError("LK-3013", `The answer is larger than ${MAX_BYTES} bytes.`));
      },
      onEnd: () => resolve({ status, body: Buffer.concat(pieces).toString("utf8") }),
      onError: reject,
    },
  });
  return promise.finally(() => upstream.close());
}

import type { TLSOptions } from "bun";
import { LatchkeyError } from "../../kernel/error.ts";
import { allowedAddress, type GuardOptions, plainUrl, requestAt } from "../../upstream/guarded-request.ts";
import { MessageRefused } from "../delivery/message-refused.ts";
import { signWebhook } from "./sign-webhook.ts";

/** What is posted where. */
export interface WebhookMessage {
  readonly url: string;
  readonly secret: string;
  readonly allowPrivate: boolean;
  readonly event: string;
  /** Id of the delivery, the same each time it is tried. */
  readonly delivery: string;
  readonly body: string;
  /** Seconds since the Unix epoch. */
  readonly timeS: number;
}

/** How webhooks are called. */
export interface WebhookOptions {
  readonly timeoutMs: number;
  /** Addresses of a host name, as `dns.promises.lookup` with `all` finds them. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
  readonly tls?: TLSOptions;
}

/** Nobody reads what a receiver answers, beyond its status. */
const MAX_ANSWER_BYTES = 16 * 1024;

/** Statuses below 500 that say of the receiver, and not of the message, that it cannot take it: time-out and too many requests. */
const ABOUT_ITSELF: ReadonlySet<number> = new Set([408, 429]);

/**
 * Posts a message. It was taken when the receiver answers with a status from 200 to 299. Redirects are not followed,
 * and addresses outside the public internet are not called unless the webhook may be private.
 * @throws LatchkeyError LK-5201 with the reason, which names neither address nor secret
 */
export async function sendWebhook(message: WebhookMessage, options: WebhookOptions): Promise<void> {
  const deadline = performance.now() + options.timeoutMs;
  const signature = signWebhook(message.secret, message.body, message.timeS);
  const guard: GuardOptions = {
    failure,
    resolve: (hostname) => within(options.timeoutMs, options.resolve(hostname)),
    ...(message.allowPrivate && { isAllowed: () => true }),
    ...(options.tls !== undefined && { tls: options.tls }),
  };
  const url = plainUrl(message.url, failure);
  const address = await allowedAddress(url, guard);
  const { head } = await requestAt(
    url,
    address,
    {
      method: "POST",
      headers: [
        ["accept", "*/*"],
        ["accept-encoding", "identity"],
        ["content-type", "application/json"],
        ["user-agent", "latchkey"],
        ["latchkey-event", message.event],
        ["latchkey-delivery", message.delivery],
        ["latchkey-signature", signature],
      ],
      body: new TextEncoder().encode(message.body),
      maxBytes: MAX_ANSWER_BYTES,
      larger: "cut",
      timeoutMs: deadline - performance.now(),
    },
    guard,
  );
  if (head.status >= 300 && head.status < 400) throw failure("it redirects, which is not followed");
  if (head.status > 299) {
    const isRefused = head.status >= 400 && head.status < 500 && !ABOUT_ITSELF.has(head.status);
    throw failure(`it answered with status ${head.status}`, isRefused ? new MessageRefused() : undefined);
  }
}

function failure(reason: string, cause?: Error): LatchkeyError {
  return new LatchkeyError("LK-5201", `The webhook could not be called: ${reason}.`, {
    ...(cause instanceof LatchkeyError && cause.internal !== undefined && { internal: cause.internal }),
    cause,
  });
}

/** A resolver may take longer than there is time. */
function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(failure("its host name took too long to look up")), timeoutMs);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

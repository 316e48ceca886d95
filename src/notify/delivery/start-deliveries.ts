import { type Clock, systemClock } from "../../kernel/clock.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import type { SecretResolver } from "../../kernel/secret.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import type { EmailOptions } from "../email/send-email.ts";
import type { NotifySettings } from "../settings.ts";
import type { WebhookOptions } from "../webhook/send-webhook.ts";
import { deliverDue, type FailedAttempt } from "./deliver-due.ts";
import { removeOld } from "./remove-old.ts";
import { createSender } from "./send-delivery.ts";

/** What the worker needs. */
export interface DeliveryOptions {
  readonly records: Pick<RecordStore, "list" | "transact">;
  /** What the artifact in force says. */
  readonly settings: () => NotifySettings;
  readonly secrets: SecretResolver;
  /** Addresses of a host name, as `dns.promises.lookup` with `all` finds them. */
  readonly resolve: WebhookOptions["resolve"];
  /** Hears of each attempt that failed, and of faults of the record store. Texts are without secrets. */
  readonly onProblem: (problem: FailedAttempt | { readonly problem: string }) => void;
  readonly clock?: Clock;
  /** Milliseconds for one attempt, default 15,000. */
  readonly timeoutMs?: number;
  /** Milliseconds between two looks at what is due, default 2,000. */
  readonly pollMs?: number;
  /** TLS settings beyond the defaults, such as `ca`. */
  readonly webhookTls?: WebhookOptions["tls"];
  readonly emailTls?: EmailOptions["tls"];
}

/** The worker that sends what is in the outbox. */
export interface Deliveries {
  /** Looks at once, because something was enqueued. */
  readonly wake: () => void;
  /** Begins no more deliveries, and resolves when those under way have ended. */
  readonly stop: () => Promise<void>;
}

const CLEANING_MS = 60 * 60 * 1000;

/** Starts the worker. One for each process is enough; several share the work. */
export function startDeliveries(options: DeliveryOptions): Deliveries {
  const { records, clock = systemClock, timeoutMs = 15_000, pollMs = 2_000 } = options;
  const { settings, secrets, resolve, webhookTls, emailTls, onProblem } = options;
  let isStopping = false;
  let isAwake = false;
  let wakeUp = (): void => {};
  const wake = (): void => {
    isAwake = true;
    wakeUp();
  };
  const send = createSender({
    settings,
    secrets,
    clock,
    webhook: { timeoutMs, resolve, ...(webhookTls !== undefined && { tls: webhookTls }) },
    email: { timeoutMs, ...(emailTls !== undefined && { tls: emailTls }) },
  });
  const round = {
    records,
    send,
    clock,
    random: Math.random,
    // Looking up a name and the call itself are bounded by the time-out each.
    leaseMs: 4 * timeoutMs,
    roundMs: timeoutMs,
    isStopping: () => isStopping,
    onFailure: onProblem,
  };
  /** Milliseconds to wait for. */
  const once = async (): Promise<number> => {
    try {
      const nextAtMs = await deliverDue(round);
      return nextAtMs === null ? pollMs : Math.min(pollMs, Math.max(0, nextAtMs - clock.now()));
    } catch (thrown) {
      onProblem({ problem: toLatchkeyError(thrown).message });
      return pollMs;
    }
  };
  const run = async (): Promise<void> => {
    let cleanAt = 0;
    while (!isStopping) {
      isAwake = false;
      const waitMs = await once();
      if (clock.monotonic() >= cleanAt) {
        await removeOld(records, clock.now()).catch((thrown: unknown) =>
          onProblem({ problem: toLatchkeyError(thrown).message }),
        );
        cleanAt = clock.monotonic() + CLEANING_MS;
      }
      if (isAwake || isStopping) continue;
      await new Promise<void>((resume) => {
        const timer = setTimeout(resume, waitMs);
        wakeUp = () => {
          clearTimeout(timer);
          resume();
        };
      });
    }
  };
  const running = run();
  return {
    wake,
    stop: () => {
      isStopping = true;
      wake();
      return running;
    },
  };
}

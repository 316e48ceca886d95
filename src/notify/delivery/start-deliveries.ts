import { type Clock, systemClock } from "../../kernel/clock.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import type { SecretResolver } from "../../kernel/secret.ts";
import type { RecordStore } from "../../stores/record-store.ts";
import type { EmailOptions } from "../email/send-email.ts";
import type { NotifySettings } from "../settings.ts";
import type { WebhookOptions } from "../webhook/send-webhook.ts";
import { deliverDue, type FailedAttempt } from "./deliver-due.ts";
import { Receivers } from "./receivers.ts";
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

/** The pause after a look, in times that the look took. */
const PAUSE_TIMES = 10;

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
  const deliver = {
    records,
    receivers: new Receivers(),
    send,
    clock,
    random: Math.random,
    // Looking up a name and the call itself are bounded by the time-out each.
    leaseMs: 4 * timeoutMs,
    isStopping: () => isStopping,
    onFailure: onProblem,
  };
  const tell = (thrown: unknown): void => onProblem({ problem: toLatchkeyError(thrown).message });
  const underWay = new Set<Promise<void>>();
  /** Milliseconds to wait for, and those before which nothing is looked at again. */
  const look = async (): Promise<{ readonly waitMs: number; readonly pauseMs: number }> => {
    const startedMs = clock.monotonic();
    try {
      const begun = await deliverDue(deliver);
      for (const one of begun.underWay) {
        // Its receiver may have more to get, and others may wait for its place.
        const done = one.catch(tell).finally(() => {
          underWay.delete(done);
          wake();
        });
        underWay.add(done);
      }
      const waitMs = begun.nextAtMs === null ? pollMs : Math.min(pollMs, begun.nextAtMs - clock.now());
      // Where very much waits, looking through it must not become all that the thread does.
      return { waitMs, pauseMs: PAUSE_TIMES * (clock.monotonic() - startedMs) };
    } catch (thrown) {
      tell(thrown);
      return { waitMs: pollMs, pauseMs: 0 };
    }
  };
  /** @param isOver whether a call of `wake` ends it */
  const rest = async (forMs: number, isOver: () => boolean): Promise<void> => {
    if (forMs <= 0 || isStopping) return;
    await new Promise<void>((resume) => {
      const timer = setTimeout(resume, forMs);
      wakeUp = () => {
        if (!isOver()) return;
        clearTimeout(timer);
        resume();
      };
    });
  };
  const run = async (): Promise<void> => {
    let cleanAt = 0;
    while (!isStopping) {
      isAwake = false;
      const { waitMs, pauseMs } = await look();
      if (clock.monotonic() >= cleanAt) {
        await removeOld(records, clock.now()).catch(tell);
        cleanAt = clock.monotonic() + CLEANING_MS;
      }
      await rest(pauseMs, () => isStopping);
      if (!isAwake) await rest(waitMs - pauseMs, () => true);
    }
    await Promise.all(underWay);
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

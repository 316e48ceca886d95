import type { Clock } from "../../kernel/clock.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import type { RecordStore, StoredRecord } from "../../stores/record-store.ts";
import type { DeliveryBody } from "../../stores/records/delivery-record.ts";
import { backOffMs } from "./back-off.ts";
import { type DueQueue, findDue } from "./find-due.ts";
import { isRefusal } from "./message-refused.ts";
import type { Receivers } from "./receivers.ts";
import type { SendDelivery } from "./send-delivery.ts";

/** What deliveries need. */
export interface DeliverOptions {
  readonly records: Pick<RecordStore, "list" | "transact">;
  readonly send: SendDelivery;
  readonly receivers: Receivers;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Milliseconds for which a delivery belongs to the process that took it; longer than sending may take. */
  readonly leaseMs: number;
  readonly isStopping: () => boolean;
  /** Hears of each attempt that failed. */
  readonly onFailure: (failed: FailedAttempt) => void;
}

/** An attempt that failed. */
export interface FailedAttempt {
  readonly id: string;
  readonly to: string;
  readonly event: string;
  readonly attempts: number;
  /** Whether that was the last one. */
  readonly isFinal: boolean;
  readonly problem: string;
}

/** What a look at what is due began. */
export interface Begun {
  /** One for each receiver that is sent to; rejects with what the record store does. */
  readonly underWay: readonly Promise<void>[];
  /** When there is more to do by itself, milliseconds since the epoch; null: nothing waits but for ends of what is under way. */
  readonly nextAtMs: number | null;
}

/**
 * Milliseconds after which messages are given up when their receiver fails once more: one that is down for long is tried too
 * seldom for each of many to have all its attempts, and what waits must not become ever more.
 */
export const MAX_AGE_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * Begins to send what is due: to many receivers at the same time, the messages of each one after the other. What they are
 * slow with, and those that fail and rest, are never waited for by others.
 * @throws what the record store rejects with
 */
export async function deliverDue(options: DeliverOptions): Promise<Begun> {
  const { records, receivers, clock, random } = options;
  const { queues, nextAtMs } = await findDue(records, clock.now());
  const underWay: Promise<void>[] = [];
  let next = nextAtMs;
  for (const queue of queues) {
    const end = options.isStopping() ? undefined : receivers.begin(queue.receiver, clock.now());
    if (end !== undefined) {
      const done = workOff(queue, options).then(
        (hasFailed) => end(hasFailed, clock.now(), random()),
        (thrown: unknown) => {
          // It would fail again at once.
          end(true, clock.now(), random());
          throw thrown;
        },
      );
      underWay.push(done);
      continue;
    }
    const restsUntilMs = receivers.restsUntilMs(queue.receiver);
    if (restsUntilMs > clock.now()) next = Math.min(next ?? restsUntilMs, restsUntilMs);
  }
  return { underWay, nextAtMs: next };
}

/** Answers whether the receiver's host failed: the rest waits then. */
async function workOff({ deliveries }: DueQueue, options: DeliverOptions): Promise<boolean> {
  for (const found of deliveries) {
    if (options.isStopping()) return false;
    const claimed = await claim(found, options);
    const failed = claimed && (await attempt(claimed, options));
    if (failed === undefined) continue;
    for (const other of deliveries) if (isTooOld(other, options)) await giveUp(other, failed, options);
    return true;
  }
  return false;
}

function isTooOld({ createdAtMs, body }: StoredRecord<"delivery">, { clock }: DeliverOptions): boolean {
  return clock.now() - (body.againAtMs ?? createdAtMs) >= MAX_AGE_MS;
}

/** Gives a message up that has been tried in vain, or that waits behind one that was; those that were taken meanwhile are not touched. */
async function giveUp(
  found: StoredRecord<"delivery">,
  problem: string,
  options: DeliverOptions,
): Promise<void> {
  const isGivenUp = await options.records.transact(async (transaction) => {
    const now = await transaction.get("delivery", found.id);
    if (now === undefined || now.version !== found.version || now.body.state !== "waiting") return false;
    await transaction.update("delivery", found.id, now.version, {
      ...now.body,
      state: "failed",
      lastProblem: problem,
    });
    return true;
  });
  if (!isGivenUp) return;
  const { to, event, attempts } = found.body;
  options.onFailure({ id: found.id, to, event, attempts, isFinal: true, problem });
}

/** Takes a delivery for this process; undefined: another one was quicker. */
function claim(
  { id, version }: StoredRecord<"delivery">,
  { records, clock, leaseMs }: DeliverOptions,
): Promise<StoredRecord<"delivery"> | undefined> {
  return records.transact(async (transaction) => {
    const now = await transaction.get("delivery", id);
    if (now === undefined || now.version !== version || now.body.state !== "waiting") return undefined;
    const { body } = now;
    return transaction.update("delivery", id, version, {
      ...body,
      attempts: body.attempts + 1,
      // Should this process end before it has sent it, it is due again then.
      nextAtMs: clock.now() + leaseMs,
    });
  });
}

/** Answers what was wrong with the receiver's host, if anything was. */
async function attempt(
  claimed: StoredRecord<"delivery">,
  options: DeliverOptions,
): Promise<string | undefined> {
  const { id, body } = claimed;
  const { clock, random } = options;
  let outcome: Partial<DeliveryBody> = { state: "delivered", lastProblem: null };
  let hostProblem: string | undefined;
  try {
    await options.send(claimed);
  } catch (thrown) {
    const problem = toLatchkeyError(thrown).message;
    const pause = isTooOld(claimed, options) ? null : backOffMs(body.attempts, random());
    if (!isRefusal(thrown)) hostProblem = problem;
    outcome =
      pause === null
        ? { state: "failed", lastProblem: problem }
        : { nextAtMs: clock.now() + pause, lastProblem: problem };
    const { to, event, attempts } = body;
    options.onFailure({ id, to, event, attempts, isFinal: pause === null, problem });
  }
  await options.records.transact(async (transaction) => {
    const now = await transaction.get("delivery", id);
    // It was taken by another process meanwhile, or somebody asked for it anew: their outcome counts.
    if (now?.version !== claimed.version) return;
    await transaction.update("delivery", id, now.version, { ...body, ...outcome });
  });
  return hostProblem;
}

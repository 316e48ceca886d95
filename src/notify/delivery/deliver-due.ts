import type { Clock } from "../../kernel/clock.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import type { RecordStore, StoredRecord } from "../../stores/record-store.ts";
import type { DeliveryBody } from "../../stores/records/delivery-record.ts";
import { backOffMs } from "./back-off.ts";
import { findDue } from "./find-due.ts";
import type { SendDelivery } from "./send-delivery.ts";

/** What a round of deliveries needs. */
export interface RoundOptions {
  readonly records: Pick<RecordStore, "list" | "transact">;
  readonly send: SendDelivery;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Milliseconds for which a delivery belongs to the process that took it; longer than sending may take. */
  readonly leaseMs: number;
  /** Milliseconds after which a round begins no more deliveries, so that new ones are looked for. */
  readonly roundMs: number;
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

/**
 * Sends what is due: the receivers at the same time, the messages of each one after the other. Answers when there is
 * more to do, in milliseconds since the epoch: at once where anything was done, because the next look finds what is left;
 * null: nothing waits.
 * @throws what the record store rejects with
 */
export async function deliverDue(options: RoundOptions): Promise<number | null> {
  const { queues, nextAtMs } = await findDue(options.records, options.clock.now());
  const endsAt = options.clock.monotonic() + options.roundMs;
  const ended = await Promise.allSettled(queues.map((queue) => workOff(queue, endsAt, options)));
  // Only when all have ended: none may go on beside the next round.
  const broken = ended.find((one) => one.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  return queues.length > 0 ? options.clock.now() : nextAtMs;
}

async function workOff(
  queue: readonly StoredRecord<"delivery">[],
  endsAt: number,
  options: RoundOptions,
): Promise<void> {
  for (const found of queue) {
    if (options.isStopping() || options.clock.monotonic() >= endsAt) return;
    const claimed = await claim(found, options);
    if (claimed !== undefined) await attempt(claimed, options);
  }
}

/** Takes a delivery for this process; undefined: another one was quicker. */
function claim(
  { id, version }: StoredRecord<"delivery">,
  { records, clock, leaseMs }: RoundOptions,
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

async function attempt(claimed: StoredRecord<"delivery">, options: RoundOptions): Promise<void> {
  const { id, body } = claimed;
  let outcome: Partial<DeliveryBody> = { state: "delivered", lastProblem: null };
  try {
    await options.send(claimed);
  } catch (thrown) {
    const problem = toLatchkeyError(thrown).message;
    const pause = backOffMs(body.attempts, options.random());
    outcome =
      pause === null
        ? { state: "failed", lastProblem: problem }
        : { nextAtMs: options.clock.now() + pause, lastProblem: problem };
    const { to, event, attempts } = body;
    options.onFailure({ id, to, event, attempts, isFinal: pause === null, problem });
  }
  await options.records.transact(async (transaction) => {
    const now = await transaction.get("delivery", id);
    // It was taken by another process meanwhile, or somebody asked for it anew: their outcome counts.
    if (now?.version !== claimed.version) return;
    await transaction.update("delivery", id, now.version, { ...body, ...outcome });
  });
}

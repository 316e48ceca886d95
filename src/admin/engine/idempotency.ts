import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import type { RecordTransaction } from "../../stores/record-store.ts";
import type { IdempotencyBody } from "../../stores/records/delivery-record.ts";
import type { AdminParts } from "../admin-parts.ts";
import type { IdempotentRequest } from "./idempotency-key.ts";
import { KeyLock } from "./key-lock.ts";
import { failedOutcome, keptOutcome, type Outcome, storedOutcome } from "./outcome.ts";

/** How long an answer is kept. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** How long a request that has begun keeps others of its key away, where its end is never told. */
const CLAIM_MS = 60 * 1000;

/** Answers that are kept of one member; beyond, the oldest ones go. */
const MAX_KEPT = 1_000;

/** Status of a record whose request has not ended. */
const UNDER_WAY = 0;

type Parts = Pick<AdminParts, "records" | "clock" | "logger">;

/** What came of a request, and whether of an earlier one. */
export interface OnceOutcome {
  readonly outcome: Outcome;
  readonly isReplay: boolean;
}

/**
 * Does each write once, however often it is sent with the same key within 24 hours. Requests of one process wait for
 * each other; one that another process is at is told to come again. Answers below 500 are kept, refusals too, except
 * those that may be different the next time (`retryable`); nothing is kept of a request that was refused before it began.
 * Of one member the last 1,000 are kept, so that nobody fills the records by new keys.
 */
export class Idempotency {
  readonly #parts: Parts;
  readonly #lock = new KeyLock();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @param hidesText whether `text` in the answer is a secret, of which nothing is kept
   * @throws LatchkeyError LK-2017, LK-2026, and whatever the work rejects with
   */
  once(request: IdempotentRequest, hidesText: boolean, work: () => Promise<Outcome>): Promise<OnceOutcome> {
    return this.#lock.hold(request.id, async () => {
      const earlier = await this.#claim(request);
      if (earlier !== undefined) return { outcome: replay(earlier, request), isReplay: true };
      const outcome = await this.#work(request, work);
      await this.#keep(request, outcome, hidesText);
      return { outcome, isReplay: false };
    });
  }

  async #work(request: IdempotentRequest, work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await work();
    } catch (thrown) {
      const error = toLatchkeyError(thrown);
      if (error.status < 500 && !error.retryable) await this.#keep(request, failedOutcome(error), false);
      else await this.#tryWrite("idempotency-not-released", () => this.#release(request));
      throw error;
    }
  }

  /** What was made of an earlier request with the key; undefined: it is this one's now. */
  async #claim({ id, member, digest }: IdempotentRequest): Promise<IdempotencyBody | undefined> {
    const { records, clock } = this.#parts;
    const now = clock.now();
    const body = { member, request: digest, status: UNDER_WAY, answer: {}, expiresAtMs: now + CLAIM_MS };
    try {
      return await records.transact(async (transaction) => {
        const found = await transaction.get("idempotency", id);
        if (found !== undefined && now < found.body.expiresAtMs) return found.body;
        if (found !== undefined) await transaction.remove("idempotency", id);
        await makeRoom(transaction, member);
        await transaction.insert({ kind: "idempotency", id, tenant: null, body });
        return undefined;
      });
    } catch (thrown) {
      if (thrown instanceof LatchkeyError && thrown.code === "LK-6109") throw underWay();
      throw thrown;
    }
  }

  async #keep(
    { id, member, digest }: IdempotentRequest,
    outcome: Outcome,
    hidesText: boolean,
  ): Promise<void> {
    const { records, clock } = this.#parts;
    const { status } = outcome;
    const answer = storedOutcome(outcome, hidesText);
    const body = { member, request: digest, status, answer, expiresAtMs: clock.now() + KEPT_MS };
    // What was asked is done: that its answer cannot be kept must not make a failure of it.
    await this.#tryWrite("idempotency-not-kept", () =>
      records.transact(async (transaction) => {
        const found = await transaction.get("idempotency", id);
        if (found === undefined) await transaction.insert({ kind: "idempotency", id, tenant: null, body });
        else await transaction.update("idempotency", id, found.version, body);
      }),
    );
  }

  #release({ id }: IdempotentRequest): Promise<void> {
    return this.#parts.records.transact((transaction) => transaction.remove("idempotency", id));
  }

  async #tryWrite(event: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#parts.logger.warn(event, { error });
    }
  }
}

/** Forgets the oldest answers of a member who has as many as are kept; what is under way stays. */
async function makeRoom(transaction: RecordTransaction, member: string): Promise<void> {
  const query = { kind: "idempotency", where: { member } } as const;
  const tooMany = (await transaction.count(query)) - MAX_KEPT + 1;
  if (tooMany <= 0) return;
  const { records } = await transaction.list({ ...query, order: "oldest", limit: tooMany });
  for (const { id, body } of records) {
    if (body.status !== UNDER_WAY) await transaction.remove("idempotency", id);
  }
}

function replay(earlier: IdempotencyBody, { digest }: IdempotentRequest): Outcome {
  if (earlier.request !== digest) throw new LatchkeyError("LK-2017", undefined, { param: "idempotency-key" });
  if (earlier.status === UNDER_WAY) throw underWay();
  const outcome = keptOutcome(earlier);
  return { ...outcome, headers: [...outcome.headers, ["idempotency-replayed", "true"]] };
}

function underWay(): LatchkeyError {
  return new LatchkeyError("LK-2026", undefined, { param: "idempotency-key", retryAfterS: 1 });
}

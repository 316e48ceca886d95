import { lookup } from "node:dns/promises";
import type { AdminParts } from "../../admin/admin-parts.ts";
import { removeExpiredAnswers } from "../../admin/engine/remove-expired-answers.ts";
import type { IdentityParts } from "../../admin/identity/identity-parts.ts";
import { removeExpiredIdentity } from "../../admin/identity/remove-expired.ts";
import { createDeclaredKeyWarnings } from "../../admin/keys/warn-of-declared-keys.ts";
import { warnOfKeys } from "../../admin/keys/warn-of-keys.ts";
import { notifySettingsOf } from "../../admin/notify-settings-of.ts";
import { expireDue, nextExpiry } from "../../admin/subscriptions/expire-due.ts";
import type { SecretResolver } from "../../kernel/secret.ts";
import { type Deliveries, startDeliveries } from "../../notify/delivery/start-deliveries.ts";
import { repeat } from "./repeat.ts";

/** Milliseconds between two looks at what time has ended. */
const EXPIRE_MS = 1_000;

/** Milliseconds between two looks at keys that end soon, and at sessions and links that have ended. */
const SWEEP_MS = 10 * 60_000;

/** What time and the outbox do. */
export interface AdminJobs {
  /** Sends what was put into the outbox now. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts what the admin side does by itself. */
export function startAdminJobs(
  parts: AdminParts,
  identity: IdentityParts,
  secrets: SecretResolver,
): AdminJobs {
  const { records, clock, logger } = parts;
  const deliveries: Deliveries = startDeliveries({
    records,
    clock,
    secrets,
    settings: () => notifySettingsOf(parts.artifact().artifact),
    resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
    onProblem: (problem) => {
      const { event, ...failed } = { event: null, ...problem };
      logger.warn("delivery-failed", { about: event, ...failed });
    },
  });
  const warnOfDeclaredKeys = createDeclaredKeyWarnings(parts);
  let nextAtMs = 0;
  const expire = async (): Promise<void> => {
    if (clock.now() < nextAtMs) return;
    await expireDue(parts, clock.now());
    // What is decided meanwhile may end earlier than what was there.
    nextAtMs = Math.min(await nextExpiry(parts), clock.now() + SWEEP_MS);
  };
  const sweep = async (): Promise<void> => {
    warnOfDeclaredKeys(clock.now());
    await warnOfKeys(parts, clock.now());
    await removeExpiredIdentity(identity);
    await removeExpiredAnswers(parts);
  };
  const jobs = [
    repeat({ name: "expire-subscriptions", run: expire, pauseMs: EXPIRE_MS }, logger),
    repeat({ name: "sweep", run: sweep, pauseMs: SWEEP_MS, firstMs: EXPIRE_MS }, logger),
  ];
  return {
    wake: deliveries.wake,
    async stop() {
      await Promise.all([...jobs.map((end) => end()), deliveries.stop()]);
    },
  };
}

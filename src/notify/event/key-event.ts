import type { StoredRecord } from "../../stores/record-store.ts";
import { isMailAddress } from "../email/mail-address.ts";
import type { EventName, NotifyEvent } from "./event.ts";

/** What is told of a key. */
export interface KeyStep {
  readonly name: Extract<EventName, `key.${string}`>;
  readonly timeMs: number;
  /** Address of a member, or `system`. */
  readonly by: string;
  readonly reason: string | null;
  /** Public id of the key that takes its place. */
  readonly replacedBy?: string;
  /** Members to be told besides the one who made the key. */
  readonly members: readonly string[];
}

/** The event of a key, made of the key as it is now. Neither the key nor its digest is in it. */
export function keyEvent(
  { id, tenant, body }: StoredRecord<"key">,
  { name, timeMs, by, reason, replacedBy, members }: KeyStep,
): NotifyEvent {
  const addresses = new Set([body.createdBy, ...members].filter(isMailAddress));
  return {
    name,
    timeMs,
    tenant,
    concerns: tenant === null ? [] : [tenant],
    data: {
      key: id,
      name: body.name,
      app: body.app,
      environment: body.environment,
      state: body.state,
      expiresAt: body.expiresAtMs === null ? null : new Date(body.expiresAtMs).toISOString(),
      replaces: body.replaces,
      replacedBy: replacedBy ?? null,
      by,
      reason,
    },
    recipients: [...addresses].map((address) => ({ address, tenant })),
  };
}

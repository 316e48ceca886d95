import type { Clock } from "../kernel/clock.ts";
import { systemClock } from "../kernel/clock.ts";
import type { JsonObject } from "../kernel/json.ts";
import type { RecordTransaction } from "../stores/record-store.ts";
import type { DeliveryBody } from "../stores/records/delivery-record.ts";
import { isMailAddress } from "./email/mail-address.ts";
import type { EventPayload, NotifyEvent } from "./event/event.ts";
import { matchesEvent } from "./event/matches-event.ts";
import type { NotifySettings } from "./settings.ts";

/** Where what is to be told is put. */
export interface Outbox {
  /**
   * Puts an event to everybody who is to hear of it among the deliveries, as part of the transaction that makes it
   * happen: it is told if and only if it happened. Answers how many deliveries that makes.
   */
  readonly enqueue: (transaction: Pick<RecordTransaction, "insert">, event: NotifyEvent) => Promise<number>;
}

/** What an outbox needs. */
export interface OutboxOptions {
  /** What the artifact in force says. */
  readonly settings: () => NotifySettings;
  readonly clock?: Clock;
}

/** Makes the outbox. */
export function createOutbox({ settings, clock = systemClock }: OutboxOptions): Outbox {
  return {
    async enqueue(transaction, event) {
      const payload = payloadOf(event);
      const addressees = addresseesOf(event, settings());
      for (const { channel, to, tenant } of addressees) {
        const body: DeliveryBody = {
          state: "waiting",
          channel,
          to,
          event: event.name,
          payload: { ...payload, data: dataFor(event, tenant) },
          attempts: 0,
          nextAtMs: clock.now(),
          lastProblem: null,
        };
        await transaction.insert({ kind: "delivery", id: randomId("dlv"), tenant, body });
      }
      return addressees.length;
    },
  };
}

interface Addressee extends Pick<DeliveryBody, "channel" | "to"> {
  /** Who sees the delivery. */
  readonly tenant: string | null;
}

/** Each person has a message of his own: nobody learns who else was told, and each is sent again by itself. */
function addresseesOf(event: NotifyEvent, { webhooks, smtp }: NotifySettings): readonly Addressee[] {
  const hooks = webhooks
    .filter(({ tenant }) => tenant === null || event.concerns.includes(tenant))
    .filter(({ events }) => events.some((pattern) => matchesEvent(pattern, event.name)))
    .map(({ name, tenant }): Addressee => ({ channel: "webhook", to: name, tenant }));
  if (smtp === null) return hooks;
  const people = new Map<string, Addressee>();
  for (const { address, tenant } of event.recipients) {
    const key = address.toLowerCase();
    if (isMailAddress(address) && !people.has(key))
      people.set(key, { channel: "email", to: address, tenant });
  }
  return [...hooks, ...people.values()];
}

/** What a tenant is told of an event; null: the platform. */
function dataFor({ data, forOthers }: NotifyEvent, tenant: string | null): JsonObject {
  const isTold = forOthers === undefined || tenant === null || tenant === forOthers.than;
  return isTold ? data : { ...data, ...forOthers.data };
}

function payloadOf({ name, timeMs, tenant, data }: NotifyEvent): EventPayload {
  return {
    version: 1,
    id: randomId("evt"),
    event: name,
    time: new Date(timeMs).toISOString(),
    tenant,
    data,
  };
}

function randomId(prefix: string): string {
  return `${prefix}_${crypto.getRandomValues(new Uint8Array(16)).toHex()}`;
}

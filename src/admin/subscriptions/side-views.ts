import type { SubscriberAnswer, SubscriptionAnswer } from "../contract/subscription-shapes.ts";
import type { SubscriptionDetails } from "./subscription-view.ts";

type Answered = SubscriptionAnswer["history"][number];

/** Steps of the application's side; the owner takes the others, and `system` any. */
const APP_STEPS: ReadonlySet<string> = new Set(["request", "renew", "cancel"]);

/**
 * A subscription for the application's side. Who of the owner's members decides is the owner's own affair: subscribers
 * see the owner's name, and what the service says of its contact. What a vote says that is not the last one is not for
 * them either.
 */
export function forAppSide(details: SubscriptionDetails): SubscriptionAnswer {
  const { approvedBy: _approvedBy, open, history, ...rest } = details;
  return {
    ...rest,
    triedAtMs: rest.triedAtMs ?? null,
    history: history.map((event) => {
      const answered = withSide(event);
      if (answered.side !== "owner") return answered;
      return { ...answered, by: null, reason: event.step === "vote" ? null : event.reason };
    }),
    open: open ? withCount(open) : null,
  };
}

/** A subscription for the owner's side: with those who asked, and those who have decided. */
export function forOwnerSide(details: SubscriptionDetails): SubscriberAnswer {
  const { open = null, history, ...rest } = details;
  return { ...rest, triedAtMs: rest.triedAtMs ?? null, history: history.map(withSide), open };
}

function withCount({
  votes,
  ...open
}: NonNullable<SubscriptionDetails["open"]>): NonNullable<SubscriptionAnswer["open"]> {
  return { ...open, approvals: votes.length };
}

function withSide(event: SubscriptionDetails["history"][number]): Answered {
  if (event.by === "system") return { ...event, side: "system", by: null };
  return { ...event, side: APP_STEPS.has(event.step) ? "app" : "owner" };
}

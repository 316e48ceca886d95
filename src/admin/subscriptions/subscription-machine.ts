import { LatchkeyError } from "../../kernel/error.ts";
import type {
  OpenDecision,
  SubscriptionBody,
  SubscriptionEvent,
  SubscriptionTerms,
} from "../../stores/records/subscription-record.ts";
import { dayOf } from "../day.ts";

/** What every step tells. */
interface Told {
  readonly timeMs: number;
  /** Address of a member, or `system`. */
  readonly by: string;
  readonly reason: string | null;
}

/** A step that a subscription can take once it was asked for. */
export type SubscriptionStep = Told &
  (
    | { readonly step: "trial"; readonly endsAtMs: number }
    | { readonly step: "vote"; readonly terms: SubscriptionTerms }
    | { readonly step: "approve"; readonly granted: SubscriptionTerms; readonly expiresAtMs: number | null }
    | { readonly step: "renew"; readonly lapsesAtMs: number | null }
    /** `request`: nobody has decided in time; `approval`: what was approved, or tried, ends. */
    | { readonly step: "expire"; readonly what: "request" | "approval" }
    | { readonly step: "reject" | "cancel" | "revoke" }
  );

/** What is asked for. */
export type AskedSubscription = Pick<
  SubscriptionBody,
  "app" | "appTenant" | "service" | "owner" | "purpose" | "expectedCallsPerMonth" | "requested"
>;

type Changes = Partial<SubscriptionBody>;
type Taken<S extends SubscriptionStep["step"]> = Extract<SubscriptionStep, { readonly step: S }>;

const over: Changes = { open: null, isTrial: false, expiresAtMs: null };

/**
 * What each step makes of a subscription; `undefined` where it cannot take the step. An approval holds while its
 * renewal is decided on, and a trial while the request is. When either ends first, the decision is still waited for,
 * in the state `requested`.
 */
const changesBy: {
  readonly [S in SubscriptionStep["step"]]: (body: SubscriptionBody, step: Taken<S>) => Changes | undefined;
} = {
  trial(body, { timeMs, endsAtMs }) {
    if (body.state !== "requested" || body.open?.kind !== "request" || hasTried(body)) return undefined;
    const { terms } = body.open;
    return { state: "approved", granted: terms, isTrial: true, triedAtMs: timeMs, expiresAtMs: endsAtMs };
  },
  vote({ open }, { by, timeMs, terms }) {
    if (!open || open.votes.some((vote) => vote.by === by)) return undefined;
    const voted = { open: { ...open, votes: [...open.votes, { by, timeMs, terms }] } };
    return open.kind === "request"
      ? { ...voted, approvedBy: [...open.votes.map((vote) => vote.by), by] }
      : voted;
  },
  approve({ open }, { by, granted, expiresAtMs }) {
    if (!open || open.votes.some((vote) => vote.by === by)) return undefined;
    const approvedBy = [...open.votes.map((vote) => vote.by), by];
    return { ...over, state: "approved", granted, approvedBy, expiresAtMs };
  },
  reject(body) {
    if (!body.open) return undefined;
    return isRenewing(body) ? { open: null } : { ...over, state: "rejected" };
  },
  cancel: ({ state }) =>
    state === "requested" || state === "approved" ? { ...over, state: "cancelled" } : undefined,
  revoke: ({ state }) => (state === "approved" ? { ...over, state: "revoked" } : undefined),
  renew(body, { by, timeMs, lapsesAtMs }) {
    if (body.state !== "approved" || body.open || body.expiresAtMs === null) return undefined;
    const terms = body.granted ?? body.requested;
    return { open: { kind: "renewal", askedBy: by, askedAtMs: timeMs, terms, votes: [], lapsesAtMs } };
  },
  expire(body, { what }) {
    if (what === "request") {
      if (!body.open) return undefined;
      return isRenewing(body) ? { open: null } : { ...over, state: "expired" };
    }
    if (body.state !== "approved") return undefined;
    if (!body.open) return { ...over, state: "expired" };
    return { state: "requested", granted: null, isTrial: false, expiresAtMs: body.open.lapsesAtMs };
  },
};

/** A subscription that was asked for just now. @param lapsesAtMs when the request does if nobody decides */
export function openSubscription(
  asked: AskedSubscription,
  {
    by,
    timeMs,
    lapsesAtMs,
  }: { readonly by: string; readonly timeMs: number; readonly lapsesAtMs: number | null },
): SubscriptionBody {
  const terms = asked.requested;
  return indexed({
    ...asked,
    state: "requested",
    granted: null,
    approvedBy: [],
    isTrial: false,
    triedAtMs: null,
    open: { kind: "request", askedBy: by, askedAtMs: timeMs, terms, votes: [], lapsesAtMs },
    expiresAtMs: lapsesAtMs,
    history: [{ timeMs, state: "requested", step: "request", by, reason: null }],
  });
}

/** Whether a subscription can take a step as it is now. */
export function canTake(body: SubscriptionBody, step: SubscriptionStep): boolean {
  return changesOf(body, step) !== undefined;
}

/**
 * The subscription after a step. Nothing else changes where a subscription stands.
 * @throws LatchkeyError LK-2021 where it cannot take the step as it is now
 */
export function takeStep(body: SubscriptionBody, step: SubscriptionStep): SubscriptionBody {
  const changes = changesOf(body, step);
  if (changes === undefined) throw new LatchkeyError("LK-2021", impossible(body, step));
  const next = { ...body, ...changes };
  const { timeMs, by, reason } = step;
  const event: SubscriptionEvent = { timeMs, state: next.state, step: step.step, by, reason };
  return indexed({ ...next, history: [...body.history, event] });
}

/** What is to be decided, if anything is. */
export function openDecision({ open }: SubscriptionBody): OpenDecision | null {
  return open ?? null;
}

/** Whether a renewal is decided on while the approval holds: whatever becomes of it, that goes on. */
export function isRenewing({ state, open }: SubscriptionBody): boolean {
  return state === "approved" && open?.kind === "renewal";
}

/** The next thing that time does to a subscription; null: nothing. */
export function nextDue(
  body: SubscriptionBody,
): { readonly timeMs: number; readonly what: "request" | "approval" } | null {
  const lapse = body.open?.lapsesAtMs ?? null;
  const end = body.state === "approved" ? body.expiresAtMs : null;
  if (lapse !== null && (end === null || lapse <= end)) return { timeMs: lapse, what: "request" };
  return end === null ? null : { timeMs: end, what: "approval" };
}

function changesOf<S extends SubscriptionStep["step"]>(
  body: SubscriptionBody,
  step: Taken<S> & { readonly step: S },
): Changes | undefined {
  return changesBy[step.step](body, step);
}

function hasTried({ triedAtMs }: SubscriptionBody): boolean {
  return triedAtMs !== undefined && triedAtMs !== null;
}

/** Members by which records are found. */
function indexed(body: SubscriptionBody): SubscriptionBody {
  return { ...body, awaits: body.open ? "decision" : null, dueOn: dayOf(nextDue(body)?.timeMs ?? null) };
}

function impossible({ state, open }: SubscriptionBody, { step, by }: SubscriptionStep): string {
  if (open?.votes.some((vote) => vote.by === by) && (step === "vote" || step === "approve")) {
    return "You have approved this already; it waits for others.";
  }
  if (step === "renew" && open) return "A decision is waited for already.";
  if (step === "renew" && state === "approved")
    return "This subscription does not end, so it needs no renewal.";
  if (step === "vote" || step === "approve" || step === "reject") {
    return `Nothing is to be decided: the subscription is ${state}.`;
  }
  return `This cannot be done with a subscription that is ${state}.`;
}

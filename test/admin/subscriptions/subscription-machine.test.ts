import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { settle } from "../../../src/admin/subscriptions/settle.ts";
import {
  canTake,
  nextDue,
  openSubscription,
  type SubscriptionStep,
  takeStep,
} from "../../../src/admin/subscriptions/subscription-machine.ts";
import { coversTerms, intersectTerms } from "../../../src/admin/subscriptions/terms.ts";
import type { SubscriptionBody } from "../../../src/stores/records/subscription-record.ts";
import { allTerms, START_MS } from "../support/admin-fixture.ts";

const asked = {
  app: "checkout",
  appTenant: "shop",
  service: "texts",
  owner: "platform",
  purpose: "rate reviews",
  expectedCallsPerMonth: null,
  requested: allTerms,
};
const opened = (lapsesAtMs: number | null = null): SubscriptionBody =>
  openSubscription(asked, { by: "dev", timeMs: START_MS, lapsesAtMs });
const told = { by: "boss", timeMs: START_MS, reason: null };
const granted = { ...allTerms, models: ["fast"] };

const steps = {
  trial: { ...told, step: "trial", endsAtMs: START_MS + 100 },
  vote: { ...told, step: "vote", terms: allTerms, by: "voter" },
  approve: { ...told, step: "approve", granted, expiresAtMs: START_MS + 500 },
  renew: { ...told, step: "renew", lapsesAtMs: START_MS + 300 },
  lapse: { ...told, step: "expire", what: "request" },
  end: { ...told, step: "expire", what: "approval" },
  reject: { ...told, step: "reject" },
  cancel: { ...told, step: "cancel" },
  revoke: { ...told, step: "revoke" },
} as const satisfies Record<string, SubscriptionStep>;
type StepName = keyof typeof steps;
const names = Object.keys(steps) as StepName[];

const after = (...path: readonly StepName[]): SubscriptionBody =>
  path.reduce((body, name) => takeStep(body, steps[name]), opened());
const could = (body: SubscriptionBody): readonly StepName[] =>
  names.filter((name) => canTake(body, steps[name]));

describe("where a subscription stands decides what can happen to it", () => {
  test.each([
    ["asked for", [], ["trial", "vote", "approve", "lapse", "reject", "cancel"]],
    ["on trial", ["trial"], ["vote", "approve", "lapse", "end", "reject", "cancel", "revoke"]],
    ["after its trial", ["trial", "end"], ["vote", "approve", "lapse", "reject", "cancel"]],
    ["approved", ["approve"], ["renew", "end", "cancel", "revoke"]],
    ["in renewal", ["approve", "renew"], ["vote", "approve", "lapse", "end", "reject", "cancel", "revoke"]],
    ["ended in renewal", ["approve", "renew", "end"], ["vote", "approve", "lapse", "reject", "cancel"]],
    ["rejected", ["reject"], []],
    ["lapsed", ["lapse"], []],
    ["cancelled", ["approve", "cancel"], []],
    ["revoked", ["approve", "revoke"], []],
    ["ended", ["approve", "end"], []],
  ] as const)("%s", (_, path, possible) => {
    const body = after(...path);
    expect([...could(body)].sort()).toEqual([...possible].sort());
    for (const name of names.filter((one) => !could(body).includes(one))) {
      expect(() => takeStep(body, steps[name])).toThrow(expect.objectContaining({ code: "LK-2021" }));
    }
  });

  test("the decision makes a trial last, or ends it", () => {
    expect(after("trial")).toMatchObject({ state: "approved", isTrial: true, granted: allTerms });
    const lasting = after("trial", "approve");
    expect(lasting).toMatchObject({ state: "approved", isTrial: false, granted, open: null });
    expect(lasting.expiresAtMs).toBe(START_MS + 500);
    expect(after("trial", "reject")).toMatchObject({ state: "rejected", isTrial: false, expiresAtMs: null });
  });

  test("a rejected or lapsed renewal leaves the approval as it was", () => {
    for (const name of ["reject", "lapse"] as const) {
      expect(after("approve", "renew", name)).toMatchObject({
        state: "approved",
        granted,
        open: null,
        expiresAtMs: START_MS + 500,
      });
    }
  });

  test("nobody approves twice", () => {
    const voted = after("vote");
    expect(voted).toMatchObject({ state: "requested", approvedBy: ["voter"] });
    for (const again of [steps.vote, { ...steps.approve, by: "voter" }]) {
      expect(() => takeStep(voted, again)).toThrow("approved this already");
    }
    expect(takeStep(voted, steps.approve).approvedBy).toEqual(["voter", "boss"]);
  });
});

const anyPath = fc.array(
  fc.record({ name: fc.constantFrom(...names), by: fc.constantFrom("a", "b", "c"), wait: fc.nat(200) }),
  { maxLength: 30 },
);

test("whatever happens, a subscription stays one that makes sense", () => {
  fc.assert(
    fc.property(anyPath, fc.option(fc.nat(1_000)), (path, within) => {
      let body = opened(within === null ? null : START_MS + within);
      let nowMs = START_MS;
      for (const { name, by, wait } of path) {
        nowMs += wait;
        const before = settle(body, nowMs);
        const due = nextDue(before)?.timeMs ?? Number.POSITIVE_INFINITY;
        expect(due).toBeGreaterThan(nowMs);
        const ends = { endsAtMs: nowMs + 100, expiresAtMs: nowMs + 500, lapsesAtMs: nowMs + 300 };
        const step = { ...steps[name], by, timeMs: nowMs } as SubscriptionStep;
        const moved = { ...step, ...ends } as SubscriptionStep;
        const next = canTake(before, moved) ? takeStep(before, moved) : before;
        expect(next.history.length - before.history.length).toBe(next === before ? 0 : 1);
        check(next);
        body = next;
      }
    }),
  );
});

function check(body: SubscriptionBody): void {
  const { state, open, history, granted: terms, isTrial, approvedBy } = body;
  expect(history.at(-1)?.state).toBe(state);
  expect(history.every(({ timeMs }, at) => timeMs >= (history[at - 1]?.timeMs ?? 0))).toBe(true);
  expect(new Set(approvedBy).size).toBe(approvedBy.length);
  expect(body.awaits).toBe(open ? "decision" : null);
  expect(body.dueOn === null).toBe(nextDue(body) === null);
  if (state === "requested") expect({ terms, isOpen: Boolean(open) }).toEqual({ terms: null, isOpen: true });
  if (state === "approved") expect(terms).not.toBeNull();
  if (isTrial) expect({ state, kind: open?.kind }).toEqual({ state: "approved", kind: "request" });
  if (state !== "requested" && state !== "approved") {
    expect({ open, isTrial, end: body.expiresAtMs, could: could(body) }).toEqual({
      open: null,
      isTrial: false,
      end: null,
      could: [],
    });
  }
}

describe("time", () => {
  test("ends a trial, then the request, when each was due", () => {
    const trial = takeStep(opened(START_MS + 300), steps.trial);
    expect(settle(trial, START_MS + 99)).toBe(trial);
    expect(settle(trial, START_MS + 100)).toMatchObject({
      state: "requested",
      granted: null,
      isTrial: false,
    });
    const both = settle(trial, START_MS + 10_000);
    expect(both.state).toBe("expired");
    expect(both.history.slice(-2).map(({ timeMs, state }) => [timeMs - START_MS, state])).toEqual([
      [100, "requested"],
      [300, "expired"],
    ]);
  });

  test("makes the same of a subscription however often somebody looks", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600), { maxLength: 8 }), (looks) => {
        const body = takeStep(takeStep(opened(), steps.approve), steps.renew);
        const sorted = looks.toSorted((a, b) => a - b);
        const often = sorted.reduce((current, at) => settle(current, START_MS + at), body);
        expect(often).toEqual(settle(body, START_MS + (sorted.at(-1) ?? 0)));
      }),
    );
  });
});

const anyList = fc.option(fc.subarray(["fast", "slow", "sentiment", "sentiment@1.0.0", "sentiment@2.0.0"]));
const anyTerms = fc.record({
  models: anyList,
  endpoints: anyList,
  backends: anyList,
  environments: fc.option(fc.subarray(["live", "test"])),
  requestsPerMinute: fc.option(fc.integer({ min: 1, max: 9 })),
});

test("what two terms both allow is within each of them, and all of what a third one within both has", () => {
  fc.assert(
    fc.property(anyTerms, anyTerms, anyTerms, (one, other, third) => {
      const both = intersectTerms(one, other);
      expect([coversTerms(one, both), coversTerms(other, both)]).toEqual([true, true]);
      if (coversTerms(one, third) && coversTerms(other, third)) expect(coversTerms(both, third)).toBe(true);
      expect(intersectTerms(one, one)).toEqual(one);
    }),
  );
});

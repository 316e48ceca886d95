import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Member } from "../../../src/admin/identity/member.ts";
import {
  approveSubscription,
  rejectSubscription,
} from "../../../src/admin/subscriptions/decide-subscription.ts";
import { cancelSubscription, revokeSubscription } from "../../../src/admin/subscriptions/end-subscription.ts";
import { expireDue } from "../../../src/admin/subscriptions/expire-due.ts";
import { renewSubscription } from "../../../src/admin/subscriptions/renew-subscription.ts";
import { requestSubscription } from "../../../src/admin/subscriptions/request-subscription.ts";
import { coversTerms } from "../../../src/admin/subscriptions/terms.ts";
import type { RecordStore, StoredRecord } from "../../../src/stores/record-store.ts";
import {
  type AdminFixture,
  allTerms,
  createAdminFixture,
  DAY_MS,
  memberOf,
  refusalOf,
  service,
} from "../support/admin-fixture.ts";

const QUORUM = 3;
const voters: readonly Member[] = ["ann", "bob", "cy", "dee", "eve"].map((name) =>
  memberOf("platform", "admin", name),
);
const askers: readonly Member[] = ["fay", "gus"].map((name) => memberOf("shop", "developer", name));

const start = (): AdminFixture =>
  createAdminFixture({
    services: [
      service("probe", {
        models: [0, 1],
        approval: { mode: "by", roles: ["admin"], quorum: QUORUM, withinMs: 20 * DAY_MS },
        subscriptionMs: 10 * DAY_MS,
        trialMs: DAY_MS,
      }),
    ],
  });

const who = fc.record({ voter: fc.nat(4), asker: fc.nat(1), at: fc.nat(9) });
const action = fc.tuple(
  fc.constantFrom(
    "request",
    "approve",
    "approve",
    "approve",
    "narrow",
    "reject",
    "cancel",
    "revoke",
    "renew",
    "sweep",
  ),
  who,
);
/** Actions of one round begin together; then some time passes. */
const rounds = fc.array(
  fc.record({ together: fc.array(action, { minLength: 1, maxLength: 8 }), days: fc.nat(7) }),
  {
    minLength: 1,
    maxLength: 6,
  },
);

const all = async (records: RecordStore): Promise<readonly StoredRecord<"subscription">[]> =>
  (await records.list({ kind: "subscription", order: "oldest", limit: 1_000 })).records;

async function act(
  { parts, clock }: AdminFixture,
  known: readonly string[],
  [name, { voter, asker, at }]: readonly [string, { voter: number; asker: number; at: number }],
): Promise<unknown> {
  const id = known[at % Math.max(1, known.length)] ?? "sub_none";
  const decider = voters[voter] ?? memberOf("platform", "admin");
  const dev = askers[asker] ?? memberOf("shop", "developer");
  const asked = {
    tenant: "shop",
    app: "checkout",
    service: "probe",
    purpose: "x",
    expectedCallsPerMonth: null,
  };
  switch (name) {
    case "request":
      return requestSubscription(parts, dev, { ...asked, terms: allTerms }, null);
    case "approve":
      return approveSubscription(parts, decider, { id }, null);
    case "narrow":
      return approveSubscription(parts, decider, { id, terms: { requestsPerMinute: at + 1 } }, null);
    case "reject":
      return rejectSubscription(parts, decider, { id, reason: "no" }, null);
    case "cancel":
      return cancelSubscription(parts, dev, { id }, null);
    case "revoke":
      return revokeSubscription(parts, decider, { id, reason: "no" }, null);
    case "renew":
      return renewSubscription(parts, dev, { id }, null);
    default:
      return expireDue(parts, clock.now());
  }
}

/** Every approval by people has exactly its quorum behind it, each of them once. */
function checkQuorum({ body }: StoredRecord<"subscription">): void {
  let votes: string[] = [];
  for (const { step, by } of body.history) {
    if (step === "vote") votes.push(by);
    if (step === "approve") {
      expect(new Set([...votes, by]).size).toBe(QUORUM);
      expect(votes).toHaveLength(QUORUM - 1);
    }
    if (step === "approve" || step === "reject" || step === "renew") votes = [];
  }
}

test("whatever members do at the same time, one subscription is open at most and each approval has its quorum", async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (script) => {
      const fixture = start();
      const { records } = fixture.parts;
      for (const { together, days } of script) {
        const known = (await all(records)).map(({ id }) => id).toReversed();
        const results = await Promise.allSettled(together.map((one) => act(fixture, known, one)));
        for (const result of results) {
          if (result.status === "rejected") expect(result.reason).toHaveProperty("code");
          if (result.status === "rejected") expect(result.reason.code).toMatch(/^LK-20(20|21)$/);
        }
        const now = await all(records);
        const open = now.filter(({ body }) => body.state === "requested" || body.state === "approved");
        expect(open.length).toBeLessThanOrEqual(1);
        for (const record of now) {
          checkQuorum(record);
          const { granted, requested, history } = record.body;
          if (granted !== null) expect(coversTerms(requested, granted)).toBe(true);
          expect(history.length).toBeGreaterThanOrEqual(record.version);
        }
        expect(now.filter(({ body }) => body.triedAtMs !== null).length).toBeLessThanOrEqual(1);
        fixture.clock.advance(days * DAY_MS);
      }
      const { broken } = await records.verifyAudit();
      expect(broken).toBeNull();
    }),
    { numRuns: 40 },
  );
});

test("of many requests at once for one application and service, one is taken", async () => {
  const fixture = start();
  const asks = Array.from({ length: 20 }, (_, at) =>
    act(fixture, [], ["request", { voter: 0, asker: at % 2, at: 0 }]),
  );
  const results = await Promise.allSettled(asks);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await all(fixture.parts.records)).toHaveLength(1);
});

test("of two decisions that go by the same version, one is refused", async () => {
  const { parts } = start();
  const asked = {
    tenant: "shop",
    app: "checkout",
    service: "probe",
    purpose: "x",
    expectedCallsPerMonth: null,
  };
  const dev = memberOf("shop", "developer");
  const { id, version } = await requestSubscription(parts, dev, { ...asked, terms: allTerms }, null);
  const [ann, bob] = voters;
  if (ann === undefined || bob === undefined) throw new Error("there are no voters");
  const results = await Promise.all([
    approveSubscription(parts, ann, { id, version }, null).then(() => "done"),
    refusalOf(() => approveSubscription(parts, bob, { id, version }, null)).then(({ code }) => code),
  ]);
  expect(results).toEqual(["done", "LK-2016"]);
});

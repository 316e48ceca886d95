import { describe, expect, test } from "bun:test";
import type { Member } from "../../../src/admin/identity/member.ts";
import { may, type Permission, type Role, rolePermissions } from "../../../src/admin/permissions.ts";
import {
  approveSubscription,
  rejectSubscription,
} from "../../../src/admin/subscriptions/decide-subscription.ts";
import { cancelSubscription, revokeSubscription } from "../../../src/admin/subscriptions/end-subscription.ts";
import { exportApprovals } from "../../../src/admin/subscriptions/export-approvals.ts";
import { listInbox } from "../../../src/admin/subscriptions/inbox.ts";
import {
  getSubscription,
  listSubscribers,
  listSubscriptions,
} from "../../../src/admin/subscriptions/list-subscriptions.ts";
import { previewDecision, previewRequest } from "../../../src/admin/subscriptions/preview.ts";
import { renewSubscription } from "../../../src/admin/subscriptions/renew-subscription.ts";
import { requestSubscription } from "../../../src/admin/subscriptions/request-subscription.ts";
import {
  allTerms,
  createAdminFixture,
  DAY_MS,
  memberOf,
  operator,
  refusalOf,
  service,
} from "../support/admin-fixture.ts";

type Parts = Awaited<ReturnType<typeof start>>;

/** A subscription of the shop to a service of the platform that every role decides. */
async function start(state: "requested" | "approved") {
  const roles: readonly Role[] = ["owner", "admin", "developer", "billing", "viewer"];
  const probe = service("probe", {
    approval: { mode: "by", roles: [...roles], quorum: 1, withinMs: null },
    subscriptionMs: 10 * DAY_MS,
  });
  const { parts } = createAdminFixture({ services: [probe], records: "memory" });
  const asked = {
    tenant: "shop",
    app: "checkout",
    service: "probe",
    purpose: "x",
    expectedCallsPerMonth: null,
  };
  const request = { ...asked, terms: allTerms };
  const { id } = await requestSubscription(parts, memberOf("shop", "owner", "asker"), request, null);
  if (state === "approved")
    await approveSubscription(parts, memberOf("platform", "owner", "first"), { id }, null);
  return { parts, id, request };
}

interface Operation {
  readonly name: string;
  readonly permission: Permission;
  /** Tenants whose members may, with the permission. */
  readonly sides: readonly ("shop" | "platform")[];
  readonly state: "requested" | "approved";
  readonly run: (parts: Parts, member: Member) => unknown;
  /** Whether it names a tenant rather than a subscription: then members of the other side are strangers. */
  readonly ofTenant?: true;
}

const page = { limit: 10 };
const operations: readonly Operation[] = [
  {
    name: "request",
    permission: "subscription.request",
    sides: ["shop"],
    state: "approved",
    run: ({ parts, request }, member) =>
      requestSubscription(parts, member, { ...request, app: "search" }, null),
    ofTenant: true,
  },
  {
    name: "preview of a request",
    permission: "subscription.request",
    sides: ["shop"],
    state: "approved",
    run: ({ parts, request }, member) => previewRequest(parts, member, request),
    ofTenant: true,
  },
  {
    name: "get",
    permission: "subscription.read",
    sides: ["shop", "platform"],
    state: "requested",
    run: ({ parts, id }, member) => getSubscription(parts, member, id),
  },
  {
    name: "list",
    permission: "subscription.read",
    sides: ["shop"],
    state: "requested",
    run: ({ parts }, member) => listSubscriptions(parts, member, { ...page, tenant: "shop" }),
    ofTenant: true,
  },
  {
    name: "list of subscribers",
    permission: "subscription.read",
    sides: ["platform"],
    state: "requested",
    run: ({ parts }, member) => listSubscribers(parts, member, { ...page, owner: "platform" }),
    ofTenant: true,
  },
  {
    name: "inbox",
    permission: "approval.read",
    sides: ["platform"],
    state: "requested",
    run: ({ parts }, member) => listInbox(parts, member, { ...page, owner: "platform" }),
    ofTenant: true,
  },
  {
    name: "export",
    permission: "approval.export",
    sides: ["shop"],
    state: "approved",
    run: ({ parts }, member) => exportApprovals(parts, member, "shop"),
    ofTenant: true,
  },
  {
    name: "preview of a decision",
    permission: "approval.read",
    sides: ["platform"],
    state: "requested",
    run: ({ parts, id }, member) => previewDecision(parts, member, { id }),
  },
  {
    name: "approve",
    permission: "subscription.approve",
    sides: ["platform"],
    state: "requested",
    run: ({ parts, id }, member) => approveSubscription(parts, member, { id }, null),
  },
  {
    name: "reject",
    permission: "subscription.reject",
    sides: ["platform"],
    state: "requested",
    run: ({ parts, id }, member) => rejectSubscription(parts, member, { id, reason: "no" }, null),
  },
  {
    name: "revoke",
    permission: "subscription.revoke",
    sides: ["platform"],
    state: "approved",
    run: ({ parts, id }, member) => revokeSubscription(parts, member, { id, reason: "no" }, null),
  },
  {
    name: "cancel",
    permission: "subscription.cancel",
    sides: ["shop"],
    state: "approved",
    run: ({ parts, id }, member) => cancelSubscription(parts, member, { id }, null),
  },
  {
    name: "renew",
    permission: "subscription.renew",
    sides: ["shop"],
    state: "approved",
    run: ({ parts, id }, member) => renewSubscription(parts, member, { id }, null),
  },
];

const outcome = async (call: () => unknown): Promise<string> => {
  try {
    await call();
    return "done";
  } catch (error) {
    return String((error as { readonly code?: unknown }).code);
  }
};

const roles = Object.keys(rolePermissions) as Role[];
const tenants = ["shop", "platform", "bank"] as const;
const cases = operations.flatMap((operation) =>
  tenants.flatMap((tenant) => roles.map((role) => [operation.name, role, tenant, operation] as const)),
);

describe("who may do what with a subscription", () => {
  test.each(cases)("%s by %s of %s", async (_, role, tenant, { permission, sides, state, run, ofTenant }) => {
    const started = await start(state);
    const member = memberOf(tenant, role);
    const isSide = (sides as readonly string[]).includes(tenant);
    const isKnown = ofTenant === true ? isSide : tenant !== "bank";
    const expected = isSide && may(member, permission, tenant) ? "done" : isKnown ? "LK-2014" : "LK-2020";
    const before = JSON.stringify(await started.parts.records.list({ kind: "subscription", limit: 9 }));
    expect(await outcome(() => run(started, member))).toBe(expected);
    const after = JSON.stringify(await started.parts.records.list({ kind: "subscription", limit: 9 }));
    if (expected !== "done") expect(after).toBe(before);
  });

  test.each(operations.map((operation) => [operation.name, operation] as const))(
    "%s by an operator, by one with a token for something else, and with a token without any permission",
    async (_, { state, run, sides }) => {
      expect(await outcome(async () => run(await start(state), operator()))).toBe("done");
      const other = { ...operator(), permissions: new Set<Permission>(["audit.read"]) };
      expect(await outcome(async () => run(await start(state), other))).toBe("LK-2014");
      const side = sides[0] ?? "shop";
      const none = { ...memberOf(side, "owner"), permissions: new Set<Permission>() };
      expect(await outcome(async () => run(await start(state), none))).toBe("LK-2014");
    },
  );

  test("strangers get the same words for what is another's and for what does not exist", async () => {
    const { parts, id } = await start("requested");
    const stranger = memberOf("bank", "owner");
    const calls = [
      (one: string) => getSubscription(parts, stranger, one),
      (one: string) => approveSubscription(parts, stranger, { id: one, version: 9 }, null),
      (one: string) => rejectSubscription(parts, stranger, { id: one, reason: "no" }, null),
      (one: string) => revokeSubscription(parts, stranger, { id: one, reason: "no" }, null),
      (one: string) => cancelSubscription(parts, stranger, { id: one }, null),
      (one: string) => renewSubscription(parts, stranger, { id: one }, null),
      (one: string) => previewDecision(parts, stranger, { id: one }),
    ];
    for (const call of calls) {
      const theirs = await refusalOf(() => call(id));
      expect(theirs).toEqual(await refusalOf(() => call("sub_000000000000000000000000")));
      expect(theirs.code).toBe("LK-2020");
    }
  });

  test.each([
    ["service", "a service that only others may see", { service: "bank-only" }],
    ["service", "a service that does not exist", { service: "nothing" }],
    ["app", "an application of another tenant", { app: "own" }],
    ["app", "an application that does not exist", { app: "__proto__" }],
    ["tenant", "another tenant", { tenant: "bank" }],
    ["tenant", "a tenant that does not exist", { tenant: "nobody" }],
  ])("the %s of a request for %s is refused as what does not exist", async (param, _, change) => {
    const { parts, request } = await start("approved");
    const wrong = { ...request, ...change };
    const refusals = await Promise.all([
      refusalOf(() => requestSubscription(parts, memberOf("shop", "owner"), wrong, null)),
      refusalOf(() => previewRequest(parts, memberOf("shop", "owner"), wrong)),
    ]);
    for (const refusal of refusals) {
      expect(refusal).toEqual({
        code: "LK-2020",
        param,
        message: "There is no such thing, or it is not yours to see.",
      });
    }
  });
});

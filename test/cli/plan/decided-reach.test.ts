import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { decideArtifact } from "../../../src/cli/plan/decided-reach.ts";
import { type ChangePlan, planChange } from "../../../src/compiler/diff/plan-change.ts";
import { accessRows } from "../../../src/overlay/access.ts";
import type { Decisions } from "../../../src/overlay/decisions.ts";
import { Overlay } from "../../../src/overlay/overlay.ts";
import { changed, sampleArtifact } from "../../compiler/diff/support/sample-artifact.ts";
import { anyArtifact, anyKey, anySubscription } from "../../overlay/support/any-world.ts";
import { newKey, newSubscription } from "../../stores/conformance/samples.ts";
import { decisionsOf } from "../../support/decisions-of.ts";

const clock = { now: () => 1_000, monotonic: () => 0 };

/** Who may call what, as `key kind name`; versions by their major number, as callers address them. */
function matrix(artifact: Artifact, decisions: Decisions): ReadonlySet<string> {
  const cells = new Set<string>();
  for (const { key, ...row } of accessRows(new Overlay(artifact, decisions, clock))) {
    for (const kind of ["models", "endpoints", "backends"] as const)
      for (const name of row[kind]) cells.add(`${key} ${kind} ${name.replace(/@(\d+).*/, " v$1")}`);
  }
  return cells;
}

function told({ keys }: ChangePlan, side: "gains" | "loses"): readonly string[] {
  const kinds = ["models", "endpoints", "backends"] as const;
  return keys
    .flatMap((effect) =>
      kinds.flatMap((kind) => effect[side][kind].map((name) => `${effect.key} ${kind} ${name}`)),
    )
    .sort();
}

function plan(before: Artifact, after: Artifact, decisions: Decisions): ChangePlan {
  return planChange(decideArtifact(before, decisions, clock), decideArtifact(after, decisions, clock));
}

describe("a plan", () => {
  test("tells of each key exactly what it gains and loses", () => {
    fc.assert(
      fc.property(
        ...([anyArtifact, anyArtifact, fc.array(anyKey), fc.array(anySubscription)] as const),
        (before, after, keys, subscriptions) => {
          const decisions = decisionsOf(keys, subscriptions);
          const [old, current] = [matrix(before, decisions), matrix(after, decisions)];
          const report = plan(before, after, decisions);
          expect(told(report, "gains")).toEqual([...current.difference(old)].sort());
          expect(told(report, "loses")).toEqual([...old.difference(current)].sort());
          if (!old.isSubsetOf(current)) expect(report.verdict).toBe("breaking");
        },
      ),
      { numRuns: 300 },
    );
  });

  test("shows a line for whoever gains or loses, and none where nothing changes", () => {
    fc.assert(
      fc.property(
        ...([anyArtifact, anyArtifact, fc.array(anyKey), fc.array(anySubscription)] as const),
        (before, after, keys, subscriptions) => {
          const decisions = decisionsOf(keys, subscriptions);
          const report = plan(before, after, decisions);
          const lines = report.changes
            .map(({ subject, details = [] }) => [subject, ...details].join("\n"))
            .join("\n");
          for (const { key, issued, tenant, app, breaks, limits } of report.keys) {
            expect([...breaks, ...limits]).toEqual([]);
            expect(lines).toContain(issued ? `${tenant}/${app}/${key}` : key);
          }
          expect(plan(before, structuredClone(before), decisions)).toEqual({
            changes: [],
            verdict: "none",
            keys: [],
          });
        },
      ),
    );
  });

  const scope = {
    models: null,
    services: null,
    endpoints: null,
    backends: null,
    methods: null,
    readOnly: false,
  };
  const issued = newKey("abcdefabcdef", "shop", { app: "search", scope });
  const approved = newSubscription("sub1", "shop", { app: "search", service: "texts", state: "approved" });
  const unused = changed((a) => {
    for (const app of a.apps) app.uses = [];
  });

  test("tells of subscriptions that stop to hold, and why", () => {
    const decisions = decisionsOf([issued], [approved]);
    const hidden = changed((a) => {
      for (const service of a.services) service.visibleTo = [];
    }, unused);
    const gone = changed((a) => void a.services.pop(), unused);
    const noApp = changed((a) => {
      a.keys = a.keys.filter(({ app }) => app === 0);
      a.apps.pop();
    }, unused);
    const messages = (before: Artifact, after: Artifact) =>
      plan(before, after, decisions)
        .changes.filter(({ subject }) => subject === "subscription shop/search/texts")
        .map(({ effect, message, details }) => [effect, message, details]);
    const ends = (reason: string) => [["breaking", `no longer holds: ${reason}`, ["record sub1"]]];
    expect(messages(unused, gone)).toEqual(ends("its service is removed"));
    expect(messages(unused, hidden)).toEqual(ends("shop may no longer see the service"));
    expect(messages(unused, noApp)).toEqual(ends("its application is removed"));
    expect(messages(gone, unused)).toEqual([["widening", "holds again", ["record sub1"]]]);
    const declared = sampleArtifact();
    expect(messages(unused, declared)).toEqual([["safe", "is declared by the config now", ["record sub1"]]]);
    expect(messages(declared, unused)).toEqual([
      ["safe", "is no longer declared, and goes on as it was approved", ["record sub1"]],
    ]);
  });

  test("tells of keys on record whose application goes or comes back", () => {
    const decisions = decisionsOf([issued], [approved]);
    const noApp = changed((a) => {
      a.keys = a.keys.filter(({ app }) => app === 0);
      a.apps.pop();
    }, unused);
    const told = (before: Artifact, after: Artifact) =>
      plan(before, after, decisions)
        .changes.filter(({ subject }) => subject.startsWith("issued key"))
        .map(({ subject, effect, message }) => `${effect} ${subject} ${message}`);
    expect(told(unused, noApp)).toEqual(["breaking issued key shop/search/abcdefabcdef stops working"]);
    expect(told(noApp, unused)).toEqual([
      "widening issued key shop/search/abcdefabcdef works again, may call models echo, fast and endpoint sentiment v1",
    ]);
  });

  test("tells each key which limits change and which calls may break", () => {
    const after = changed((a) => {
      for (const endpoint of a.endpoints)
        endpoint.input = { type: "object", properties: {}, required: ["mood"] };
      for (const app of a.apps) app.limits = [{ counts: "requests", limit: 5, windowMs: 60_000 }];
      for (const model of a.models) model.limits = [{ counts: "tokens", limit: 9, windowMs: 60_000 }];
    }, unused);
    const { keys } = plan(unused, after, decisionsOf([issued], [approved]));
    const [effect] = keys.filter(({ key }) => key === "abcdefabcdef");
    expect(effect).toMatchObject({ issued: true, change: null, tenant: "shop", app: "search" });
    expect(effect?.limits).toEqual([
      "app shop/search: limit none → 5 requests per 1m",
      "model echo: limit none → 9 tokens per 1m",
      "model fast: limit none → 9 tokens per 1m",
    ]);
    expect(effect?.breaks).toEqual([
      "endpoint sentiment v1: input schema breaks callers of v1; publish it as v2 instead",
    ]);
    // Keys that reach nothing have the limits of their application, and no more.
    expect(keys.find(({ key }) => key === "shop/checkout/production")).toMatchObject({
      limits: ["app shop/checkout: limit none → 5 requests per 1m"],
      breaks: [],
    });
  });

  test("leaves out keys that have expired", () => {
    const late = newKey("abcdefabcdef", "shop", { app: "search", scope, expiresAtMs: 999 });
    const gone = changed((a) => void a.services.pop(), unused);
    const { keys } = plan(unused, gone, decisionsOf([late], [approved]));
    expect(keys.map(({ key }) => key)).toEqual(["shop/search/production"]);
  });
});

import { describe, expect, test } from "bun:test";
import { hasId } from "../../src/artifact/grant.ts";
import { appKey } from "../../src/overlay/artifact-index.ts";
import { Decisions } from "../../src/overlay/decisions.ts";
import { noteGiven } from "../../src/overlay/given-grants.ts";
import { Overlay } from "../../src/overlay/overlay.ts";
import type { OverlayRows } from "../../src/overlay/rows.ts";
import { KeyTable } from "../../src/runtime/key-table.ts";
import type { NewRecord } from "../../src/stores/record-store.ts";
import { newKey, newSubscription } from "../stores/conformance/samples.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";

const anything = { services: null, models: null, endpoints: null, backends: null, methods: null };

/** One application without uses, and a service that offers the first model. */
function world() {
  const fixed = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key: "declared" });
  const artifact = {
    ...fixed,
    services: fixed.services.map((service) => ({ ...service, models: [0], visibleTo: null })),
    apps: fixed.apps.map((app) => ({ ...app, uses: [] })),
    keys: [],
  };
  const [app] = artifact.apps;
  const tenant = artifact.tenants[app?.tenant ?? -1]?.name ?? "";
  const names = { tenant, app: app?.name ?? "", service: artifact.services[0]?.name ?? "" };
  let nowMs = 1_000;
  const decisions = new Decisions();
  const overlay = new Overlay(artifact, decisions, { now: () => nowMs, monotonic: () => 0 });
  const table = new KeyTable(artifact);
  table.apply(overlay.rows());
  const stored = { version: 1, createdAtMs: 1, updatedAtMs: 1 };
  const tell = (rows: OverlayRows): OverlayRows => {
    table.apply(rows);
    return rows;
  };
  return {
    issue(text: string, scope: Partial<NewRecord<"key">["body"]["scope"]> = {}): OverlayRows {
      const digest = `sha256:${Bun.SHA256.hash(text, "hex")}` as const;
      const body = { app: names.app, digest, scope: { ...anything, readOnly: false, ...scope } };
      decisions.putKey({ ...newKey(text, tenant, body), ...stored });
      return tell(overlay.refresh({ keys: new Set([text]), apps: new Set() }));
    },
    revoke(text: string): OverlayRows {
      decisions.dropKey(text);
      return tell(overlay.refresh({ keys: new Set([text]), apps: new Set() }));
    },
    subscribe(fields: Partial<NewRecord<"subscription">["body"]>): OverlayRows {
      const body = { ...fields, app: names.app, service: names.service };
      decisions.putSubscription({ ...newSubscription("s", tenant, body), ...stored });
      return tell(overlay.refresh({ keys: new Set(), apps: new Set([appKey(names)]) }));
    },
    at(time: number): void {
      nowMs = time;
    },
    reaches: (text: string) => {
      const key = table.find(text);
      return key === undefined ? null : hasId(key.grant.models, 0);
    },
  };
}

describe("a key that is issued beside others that narrow the same", () => {
  test("shares their grant", () => {
    const { issue, subscribe, reaches } = world();
    subscribe({ state: "approved" });
    expect(issue("one").grants).toHaveLength(1);
    expect(issue("two").grants).toEqual([]);
    expect([reaches("one"), reaches("two")]).toEqual([true, true]);
  });

  test("reaches nothing by an approval that has ended since they were issued", () => {
    const { issue, subscribe, reaches, at } = world();
    subscribe({ state: "approved", expiresAtMs: 2_000 });
    issue("early");
    at(1_999);
    issue("in time");
    at(2_000);
    issue("late");
    expect(["early", "in time", "late"].map(reaches)).toEqual([true, true, false]);
  });

  test("reaches what their application was subscribed to meanwhile, and no more when that is revoked", () => {
    const { issue, subscribe, reaches } = world();
    issue("one");
    subscribe({ state: "approved" });
    issue("two");
    expect([reaches("one"), reaches("two")]).toEqual([true, true]);
    subscribe({ state: "revoked" });
    issue("three");
    expect([reaches("one"), reaches("two"), reaches("three")]).toEqual([false, false, false]);
  });

  test("has a grant of its own again when the last of them was revoked", () => {
    const { issue, revoke, subscribe, reaches } = world();
    subscribe({ state: "approved" });
    const first = issue("one").grants[0]?.id;
    expect(revoke("one").goneGrants).toEqual([first ?? -1]);
    const [again] = issue("two").grants;
    expect(again?.id).not.toBe(first);
    expect([reaches("one"), reaches("two")]).toEqual([null, true]);
  });

  test("is not taken for one that narrows something", () => {
    const { issue, subscribe, reaches } = world();
    subscribe({ state: "approved" });
    issue("all");
    issue("none", { models: [] });
    expect([reaches("all"), reaches("none")]).toEqual([true, false]);
  });
});

test("grants of one application are remembered up to a number", () => {
  const given = new Map<string, number>();
  for (let grant = 0; grant < 1_000; grant++) noteGiven(given, `sense ${grant}`, grant);
  expect(given.size).toBeLessThanOrEqual(32);
  expect(given.get("sense 999")).toBe(999);
});

import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hasId } from "../../src/artifact/grant.ts";
import { accessRows, explainAccess } from "../../src/overlay/access.ts";
import { appKey } from "../../src/overlay/artifact-index.ts";
import { Decisions } from "../../src/overlay/decisions.ts";
import { Overlay } from "../../src/overlay/overlay.ts";
import type { OverlayRows } from "../../src/overlay/rows.ts";
import { splitRows } from "../../src/overlay/split-rows.ts";
import { KeyTable } from "../../src/runtime/key-table.ts";
import type { NewRecord } from "../../src/stores/record-store.ts";
import type { SubscriptionTerms } from "../../src/stores/records/subscription-record.ts";
import { decisionsOf } from "../support/decisions-of.ts";
import { anyArtifact, anyKey, anySubscription, keyTexts } from "./support/any-world.ts";

const clock = { now: () => 1_000, monotonic: () => 0 };

/** What each key reaches in a serving thread that has been told of these rows. */
function seen(artifact: ConstructorParameters<typeof KeyTable>[0], told: readonly OverlayRows[]) {
  const table = new KeyTable(artifact);
  for (const rows of told) table.apply(rows);
  return keyTexts.map((text) => {
    const key = table.find(text);
    if (key === undefined) return null;
    const ids = (kind: "models" | "backends") =>
      artifact[kind].flatMap((_, id) =>
        hasId(key.grant[kind], id) ? [`${id} by ${key.grant.services.nameOf(kind, id)}`] : [],
      );
    const { name, app } = key;
    return {
      name,
      app: app.name,
      tenant: app.tenant,
      pending: app.pending,
      limits: key.limits?.map(({ subject, limit, windowMs }) => `${subject} ${limit} ${windowMs}`),
      models: ids("models"),
      backends: ids("backends"),
    };
  });
}

describe("what was decided at run time", () => {
  test("comes to the same whether it is told at once or change by change", () => {
    const step = fc.oneof(anyKey, anySubscription);
    fc.assert(
      fc.property(
        anyArtifact,
        fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 6 }),
        (artifact, steps) => {
          const decisions = new Decisions();
          const overlay = new Overlay(artifact, decisions, clock);
          const told = [overlay.rows()];
          let time = 0;
          for (const records of steps) {
            const keys = new Set<string>();
            const apps = new Set<string>();
            for (const record of records) {
              const stored = { version: 1, createdAtMs: time++, updatedAtMs: 1 };
              if (isKey(record)) {
                decisions.putKey({ ...record, ...stored });
                keys.add(record.id);
              } else apps.add(decisions.putSubscription({ ...record, ...stored }));
            }
            told.push(overlay.refresh({ keys, apps }));
          }
          const atOnce = new Overlay(artifact, decisions, clock).rows();
          expect(seen(artifact, told)).toEqual(seen(artifact, [atOnce]));
          expect(seen(artifact, splitRows(atOnce))).toEqual(seen(artifact, [atOnce]));
          expect(seen(artifact, [overlay.rows()])).toEqual(seen(artifact, [atOnce]));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("never opens what the tenant may not see, what is narrowed away or what is not approved", () => {
    fc.assert(
      fc.property(
        anyArtifact,
        fc.array(anyKey),
        fc.array(anySubscription),
        (artifact, keys, subscriptions) => {
          const rows = new Overlay(artifact, decisionsOf(keys, subscriptions), clock).rows();
          for (const key of seen(artifact, [rows])) {
            for (const text of key?.models ?? []) {
              const service = artifact.services.find(({ name }) => text.endsWith(` by ${name}`));
              const app = artifact.apps.find(
                ({ name, tenant }) => name === key?.app && artifact.tenants[tenant]?.name === key?.tenant,
              );
              const id = Number(text.split(" ")[0]);
              expect(service?.models).toContain(id);
              const declared = app?.uses.some((use) => artifact.services[use] === service) === true;
              if (declared) continue;
              const holding = subscriptions.filter(
                ({ body }) =>
                  body.service === service?.name &&
                  body.app === key?.app &&
                  body.appTenant === key?.tenant &&
                  body.state === "approved" &&
                  (body.expiresAtMs === null || body.expiresAtMs > clock.now()) &&
                  (body.granted?.models?.includes(`m${id}`) ?? true),
              );
              expect(holding).not.toEqual([]);
              const sees = service?.visibleTo?.includes(app?.tenant ?? -1) ?? true;
              expect(sees || service?.owner === app?.tenant).toBe(true);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("tells what a subscription would open before anybody decides", () => {
    fc.assert(
      fc.property(
        anyArtifact,
        fc.array(anySubscription),
        anySubscription,
        (artifact, subscriptions, wished) => {
          const { appTenant: tenant, app, service, requested } = wished.body;
          const before = new Overlay(artifact, decisionsOf([], subscriptions), clock);
          const others = subscriptions.filter(({ id }) => id !== wished.id);
          const approved: NewRecord<"subscription"> = {
            ...wished,
            // To keys of the environments that it is for, whichever those are.
            body: { ...wished.body, state: "approved", granted: toItsKeys(requested), expiresAtMs: null },
          };
          const now = before.reach({ tenant, app });
          const opens = before.opens({ tenant, app }, service, requested);
          // A subscription that held before and is replaced might have opened more.
          if (others.length < subscriptions.length) return;
          const after = new Overlay(artifact, decisionsOf([], [...others, approved]), clock).reach({
            tenant,
            app,
          });
          expect(after.models.toSorted()).toEqual([...now.models, ...opens.models].toSorted());
          expect(after.backends.toSorted()).toEqual([...now.backends, ...opens.backends].toSorted());
        },
      ),
    );
  });

  test("tells what a subscription opens by itself, whatever else is open", () => {
    fc.assert(
      fc.property(
        anyArtifact,
        fc.array(anySubscription),
        anySubscription,
        (artifact, subscriptions, { body: { appTenant: tenant, app, service, requested } }) => {
          const busy = new Overlay(artifact, decisionsOf([], subscriptions), clock);
          const bare = { ...artifact, apps: artifact.apps.map((row) => ({ ...row, uses: [] })) };
          const quiet = new Overlay(bare, decisionsOf([], []), clock);
          const opened = quiet.opens({ tenant, app }, service, requested);
          expect(busy.opensByItself({ tenant, app }, service, requested)).toEqual(opened);
        },
      ),
    );
  });

  test("is explained as it is: by the first service that opens a thing, or by a link that does not hold", () => {
    fc.assert(
      fc.property(
        anyArtifact,
        fc.array(anyKey),
        fc.array(anySubscription),
        (artifact, keys, subscriptions) => {
          const overlay = new Overlay(artifact, decisionsOf(keys, subscriptions), clock);
          const opened = new Map<string, string>();
          for (const row of accessRows(overlay)) {
            for (const thing of [...row.models, ...row.endpoints, ...row.backends]) {
              expect(opened.has(`${row.key} ${thing}`)).toBe(false);
              opened.set(`${row.key} ${thing}`, row.service);
            }
          }
          for (const key of overlay.keys()) {
            for (const name of [
              ...overlay.index.offers.models.keys(),
              ...overlay.index.offers.backends.keys(),
            ]) {
              for (const explained of explainAccess(overlay, key, name)) {
                const service = opened.get(`${key.reference} ${explained.name}`);
                expect(explained.allowed).toBe(service !== undefined);
                if (service !== undefined) expect(explained.service).toBe(service);
                expect(explained.chain.filter(({ holds }) => !holds)).toHaveLength(explained.allowed ? 0 : 1);
                expect(explained.chain.at(-1)?.holds).toBe(explained.allowed);
              }
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("does not keep grants that no key has any more", () => {
    fc.assert(
      fc.property(anyArtifact, fc.array(anySubscription, { maxLength: 30 }), (artifact, subscriptions) => {
        const decisions = new Decisions();
        const overlay = new Overlay(artifact, decisions, clock);
        const known = new Set(overlay.rows().grants.map(({ id }) => id));
        for (const [at, record] of subscriptions.entries()) {
          const app = decisions.putSubscription({ ...record, version: 1, createdAtMs: at, updatedAtMs: at });
          const changes = overlay.refresh({ keys: new Set(), apps: new Set([app]) });
          for (const { id } of changes.grants) known.add(id);
          for (const id of changes.goneGrants) known.delete(id);
        }
        expect([...known].sort()).toEqual(
          overlay
            .rows()
            .grants.map(({ id }) => id)
            .sort(),
        );
        expect(known.size).toBeLessThanOrEqual(artifact.keys.length);
      }),
    );
  });

  test("keeps applications of the same name in two tenants apart", () => {
    expect(appKey({ tenant: "a", app: "bc" })).not.toBe(appKey({ tenant: "ab", app: "c" }));
  });
});

function toItsKeys(terms: SubscriptionTerms): SubscriptionTerms {
  return { ...terms, environments: terms.environments?.length === 0 ? [] : null };
}

function isKey(record: NewRecord<"key"> | NewRecord<"subscription">): record is NewRecord<"key"> {
  return record.kind === "key";
}

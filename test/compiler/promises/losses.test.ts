import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { knownSubscriptions } from "../../../src/cli/predecessor.ts";
import { lossesOf } from "../../../src/compiler/promises/losses.ts";
import { indexPromises } from "../../../src/compiler/promises/promised-things.ts";
import { promisesTo } from "../../../src/compiler/promises/users.ts";
import { Overlay } from "../../../src/overlay/overlay.ts";
import { anyArtifact, anySubscription } from "../../overlay/support/any-world.ts";
import { decisionsOf } from "../../support/decisions-of.ts";
import { changed, sampleArtifact } from "../diff/support/sample-artifact.ts";

const service = ({ services: [first] }: Artifact) => {
  if (first === undefined) throw new Error("the sample has no service");
  return first;
};

const clock = { now: () => 1_000, monotonic: () => 0 };

/** The same artifact, in which a tenant's own services offer nothing. */
function withoutOwn(artifact: Artifact, tenant: string): Artifact {
  const services = artifact.services.map((service) =>
    artifact.tenants[service.owner]?.name === tenant ? { ...service, models: [], backends: [] } : service,
  );
  return { ...artifact, services };
}

/** What an application reaches, without versions. */
function reach(overlay: Overlay, tenant: string, app: string): readonly string[] {
  const { models, backends } = overlay.reach({ tenant, app });
  return [...models, ...backends.map((name) => name.split("@")[0] ?? "")];
}

describe("what goes while others use it", () => {
  test("is what they reached through services of others and would reach no more", () => {
    fc.assert(
      fc.property(anyArtifact, anyArtifact, fc.array(anySubscription), (before, drawn, records) => {
        // What an application reaches is told of keys of no environment.
        const subscriptions = records.filter(({ body }) => body.requested.environments === null);
        const after = { ...drawn, apps: before.apps };
        const decisions = decisionsOf([], subscriptions);
        const known = [...knownSubscriptions(decisions, clock.now())];
        const index = indexPromises(after);
        const promised = promisesTo(indexPromises(before), index, known);
        const active = promised.filter(
          ({ user, isKept }) => user.subscription?.state !== "requested" && !isKept,
        );
        const overlayAfter = new Overlay(after, decisions, clock);
        for (const { name: app, tenant: id } of before.apps) {
          const tenant = before.tenants[id]?.name ?? "";
          const foreign = new Overlay(withoutOwn(before, tenant), decisions, clock);
          const left = new Set(reach(overlayAfter, tenant, app));
          const lost = reach(foreign, tenant, app).filter((name) => !left.has(name));
          const told = active.filter(({ user }) => user.tenant === tenant && user.app === app);
          expect([...new Set(told.map(({ thing }) => thing.name))].sort()).toEqual([...new Set(lost)].sort());
        }
        const losses = lossesOf(index, promised);
        const named = losses.flatMap(({ users }) => users.map(({ tenant, app }) => `${tenant}/${app}`));
        for (const { user } of active) expect(named).toContain(`${user.tenant}/${user.app}`);
      }),
      { numRuns: 500 },
    );
  });

  test("is told of keys of one environment, unless what is left is for them as well", () => {
    const artifact = sampleArtifact();
    const terms = { models: null, endpoints: null, backends: null, environments: ["live"] };
    const before = changed((copy) => {
      copy.services.push({ ...service(artifact), name: "other" });
      for (const app of copy.apps) app.uses = [];
    });
    const after = changed((copy) => void copy.services.pop(), before);
    const told = (environments: readonly string[] | null): number => {
      const known = ["other", "texts"].map((name) => ({
        ...{ id: name, tenant: "shop", app: "search", service: name, state: "approved" as const },
        terms: { ...terms, environments: name === "texts" ? environments : terms.environments },
      }));
      const index = indexPromises(after);
      return lossesOf(index, promisesTo(indexPromises(before), index, known)).length;
    };
    expect([told(null), told(["live", "test"]), told(["test"]), told([])]).toEqual([0, 0, 1, 1]);
  });

  test("is nothing where nothing changes", () => {
    fc.assert(
      fc.property(anyArtifact, fc.array(anySubscription), (artifact, subscriptions) => {
        const known = [...knownSubscriptions(decisionsOf([], subscriptions), clock.now())];
        const index = indexPromises(artifact);
        expect(lossesOf(index, promisesTo(index, index, known))).toEqual([]);
      }),
    );
  });
});

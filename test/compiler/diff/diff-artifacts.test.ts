import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Artifact } from "../../../src/artifact/artifact.ts";
import { diffArtifacts } from "../../../src/compiler/diff/diff-artifacts.ts";
import type { PlanReport } from "../../../src/compiler/diff/plan-report.ts";
import { anyArtifact } from "./support/any-artifact.ts";
import { permute } from "./support/permute.ts";
import { app, changed, digest, grant, key, sampleArtifact, tenant } from "./support/sample-artifact.ts";

const none: PlanReport = { changes: [], verdict: "none" };

describe("diffArtifacts", () => {
  test("finds nothing between an artifact and itself", () => {
    fc.assert(
      fc.property(anyArtifact, (a) => {
        expect(diffArtifacts(a, structuredClone(a))).toEqual(none);
      }),
      { numRuns: 30 },
    );
  });

  test("finds nothing when tables are in another order and ids differ", () => {
    fc.assert(
      fc.property(anyArtifact, fc.infiniteStream(fc.nat()), (a, numbers) => {
        const other = permute(a, (below) => numbers.next().value % below);
        expect(diffArtifacts(a, other)).toEqual(none);
      }),
      { numRuns: 30 },
    );
  });

  test("says the same of two artifacts whatever the order of their tables", () => {
    fc.assert(
      fc.property(anyArtifact, anyArtifact, fc.infiniteStream(fc.nat()), (a, b, numbers) => {
        const draw = (below: number): number => numbers.next().value % below;
        expect(diffArtifacts(permute(a, draw), permute(b, draw))).toEqual(diffArtifacts(a, b));
      }),
      { numRuns: 30 },
    );
  });

  test("finds the way back wherever it finds the way there", () => {
    fc.assert(
      fc.property(anyArtifact, anyArtifact, (a, b) => {
        const [there, back] = [diffArtifacts(a, b), diffArtifacts(b, a)];
        const accessOf = (report: typeof there, kind: string): number =>
          report.changes.filter((change) => change.kind === kind).length;
        expect(accessOf(there, "access-gained")).toBe(accessOf(back, "access-lost"));
        expect(there.verdict === "none").toBe(back.verdict === "none");
      }),
      { numRuns: 30 },
    );
  });

  test("puts breaking changes first and gives the worst effect as the verdict", () => {
    const report = diffArtifacts(
      sampleArtifact(),
      changed((a) => {
        a.settings.maxRequestBytes = 1;
        a.tenants.push(tenant("third", []));
        a.keys.push(key(0, "third", "d"));
      }),
    );
    expect(report.changes.map(({ effect }) => effect)).toEqual(["breaking", "widening", "safe"]);
    expect(report.verdict).toBe("breaking");
  });

  test("takes a first artifact as one safe change", () => {
    expect(diffArtifacts(null, sampleArtifact())).toEqual({
      verdict: "safe",
      changes: [
        {
          kind: "first-artifact",
          subject: "gateway",
          effect: "safe",
          message:
            "first artifact, with 2 providers, 3 models, 2 endpoints, 1 service, 2 tenants, 2 apps, 3 keys",
        },
      ],
    });
  });

  test("is plain data", () => {
    const report = diffArtifacts(sampleArtifact(), withGrant(grant([2], [])));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe("many subjects that share a change", () => {
  const many = changed((a) => {
    a.keys = Array.from({ length: 10_000 }, (_, at) => ({
      ...key(at < 9_000 ? 0 : 1, `key${at}`, "a"),
      digest: digest("a"),
    }));
  });

  test("take one line for each application, with a count", () => {
    const after = withGrant(grant([0, 1, 2], [0]), many);
    const { changes } = diffArtifacts(many, after);
    expect(changes.map(({ subject, message, count }) => ({ subject, message, count }))).toEqual([
      { subject: "1,000 keys of shop/search", message: "may now call model smart", count: 1_000 },
      { subject: "9,000 keys of shop/checkout", message: "may now call model smart", count: 9_000 },
    ]);
    expect(changes[0]?.details).toHaveLength(21);
    expect(changes[0]?.details?.at(-1)).toBe("and 980 more");
  });

  test("take one line for all where there are many applications", () => {
    const wide = changed((a) => {
      a.apps = Array.from({ length: 50 }, (_, at) => app(at % 2, `app${at}`, [0]));
      a.keys = a.apps.flatMap((_, at) => [key(at, "one", "a"), key(at, "two", "b")]);
    });
    const after = withGrant(grant([0], []), wide);
    expect(diffArtifacts(wide, after).changes).toMatchObject([
      {
        subject: "100 keys of 50 apps",
        message: "may no longer call model echo and endpoint sentiment v1",
        effect: "breaking",
        count: 100,
      },
    ]);
  });

  test("have a line each when they are few", () => {
    const after = withGrant(grant([0, 1, 2], [0]));
    expect(diffArtifacts(sampleArtifact(), after).changes.map(({ subject }) => subject)).toEqual([
      "key shop/checkout/production",
      "key shop/checkout/staging",
      "key shop/search/production",
    ]);
  });

  test("are not put together when they differ in details", () => {
    const after = changed((a) => {
      a.grants.push(grant([0, 1, 2], [0]), grant([0], [0]));
      a.keys.slice(0, 5_000).forEach((row) => {
        row.grant = 1;
      });
      a.keys.slice(5_000, 9_000).forEach((row) => {
        row.grant = 2;
      });
    }, many);
    expect(diffArtifacts(many, after).changes.map(({ subject, message }) => `${subject} ${message}`)).toEqual(
      [
        "4,000 keys of shop/checkout may no longer call model echo",
        "5,000 keys of shop/checkout may now call model smart",
      ],
    );
  });
});

/** The artifact with another first grant: the one that every key and application has. */
function withGrant(first: Artifact["grants"][number], artifact = sampleArtifact()): Artifact {
  return changed((a) => {
    a.grants[0] = first;
  }, artifact);
}

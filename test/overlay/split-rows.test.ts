import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { OverlayRows } from "../../src/overlay/rows.ts";
import { splitRows } from "../../src/overlay/split-rows.ts";

const use = { service: 0, models: "1", endpoints: "", backends: "" };
const pending = { subscription: "s", state: "requested" as const, use };
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

function rowsOf(
  keys: number,
  gone: number,
  uses: readonly number[],
  waiting: readonly number[],
  limited = 0,
): OverlayRows {
  return {
    grants: uses.map((count, id) => ({ id, uses: times(count, () => use) })),
    limits: times(limited, (app) => ({ app, limits: [] })),
    keys: times(keys, (at) => ({
      ...{ digest: `${at}`, name: `${at}`, app: 0, grant: 0 },
      ...{ expiresAtMs: null, warnFromMs: null, methods: null, networks: null, limits: [] },
    })),
    apps: waiting.map((count, app) => ({ app, pending: times(count, () => pending) })),
    goneKeys: times(gone, String),
    goneGrants: times(gone, (at) => at),
  };
}

describe("rows for serving threads", () => {
  test("are all there, in their order, and none of the parts is long", () => {
    const counts = fc.array(fc.nat(30_000), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.nat(5_000),
        fc.nat(3_000),
        counts,
        counts,
        fc.nat(3_000),
        (keys, gone, uses, waiting, limited) => {
          const rows = rowsOf(keys, gone, uses, waiting, limited);
          const parts = splitRows(rows);
          for (const member of ["grants", "limits", "keys", "apps", "goneKeys", "goneGrants"] as const) {
            expect(parts.flatMap((part): readonly unknown[] => part[member])).toEqual([...rows[member]]);
          }
          for (const { grants, ...part } of parts) {
            expect(part.keys.length + part.goneKeys.length).toBeLessThanOrEqual(1_000);
            // One that is long by itself cannot be cut.
            const before = grants.slice(0, -1).reduce((sum, grant) => sum + grant.uses.length, 0);
            expect(before).toBeLessThan(20_000);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test("come grants first and what is gone last, so that no key lacks its grant", () => {
    const parts = splitRows(
      rowsOf(
        1_500,
        1_500,
        times(3_000, () => 1),
        [3],
      ),
    );
    const at = (has: (part: OverlayRows) => boolean) => ({
      first: parts.findIndex(has),
      last: parts.findLastIndex(has),
    });
    expect(at(({ grants }) => grants.length > 0).last).toBeLessThan(at(({ keys }) => keys.length > 0).first);
    expect(at(({ keys }) => keys.length > 0).last).toBeLessThan(
      at(({ goneKeys }) => goneKeys.length > 0).first,
    );
    expect(at(({ goneKeys }) => goneKeys.length > 0).last).toBeLessThan(
      at(({ goneGrants }) => goneGrants.length > 0).first,
    );
  });

  test("stay together where they are few, so that a change comes into force at once", () => {
    const rows = rowsOf(10, 10, [100, 2], [4]);
    expect(splitRows(rows)).toEqual([rows]);
  });
});

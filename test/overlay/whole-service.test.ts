import { expect, test } from "bun:test";
import fc from "fast-check";
import { encodedHasId, encodeIdSet } from "../../src/artifact/grant.ts";
import { indexArtifact } from "../../src/overlay/artifact-index.ts";
import { anyKey as keyOfAll, useRow } from "../../src/overlay/reach.ts";
import { useOf } from "../../src/overlay/uses.ts";
import { anyArtifact } from "./support/any-world.ts";

const everything = {
  ...{ models: null, endpoints: null, backends: null },
  ...{ environments: null, requestsPerMinute: null },
};

test("uses that narrow nothing share one row, but for drafts, which are the owner's", () => {
  fc.assert(
    fc.property(anyArtifact, (artifact) => {
      const index = indexArtifact(artifact);
      for (const [service, { name, owner, models, backends }] of artifact.services.entries()) {
        const view = {
          service: name,
          state: "approved" as const,
          terms: everything,
          expiresAtMs: null,
          createdAtMs: 0,
        };
        const rows = artifact.apps.map(({ tenant }, app) => {
          const row = useRow(index, app, useOf(index, service, { ...view, id: `s${app}` }), keyOfAll);
          expect(row.models).toBe(encodeIdSet(models));
          const open = backends.filter((id) => tenant === owner || artifact.backends[id]?.status !== "draft");
          expect(row.backends).toBe(encodeIdSet(open));
          return row;
        });
        const hasDraft = backends.some((id) => artifact.backends[id]?.status === "draft");
        expect(new Set(rows).size).toBe(hasDraft ? 2 : 1);
      }
    }),
  );
});

test("an id is found in the text of a set as in the set", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(300)), (ids) => {
      const hex = encodeIdSet(ids);
      const found = Array.from({ length: 320 }, (_, id) => id).filter((id) => encodedHasId(hex, id));
      expect(found).toEqual(ids.toSorted((a, b) => a - b));
    }),
  );
});

import { describe, expect, test } from "bun:test";
import { createDeclaredKeyWarnings } from "../../../src/admin/keys/warn-of-declared-keys.ts";
import type { ArtifactKey } from "../../../src/artifact/artifact.ts";
import type { Logger } from "../../../src/telemetry/logger.ts";
import { adminArtifact, createAdminFixture, DAY_MS, START_MS } from "../support/admin-fixture.ts";

/** The shop's checkout with keys that end when they are said to. */
function start(ends: readonly (number | null)[], warnBeforeMs = 3 * DAY_MS) {
  const { parts, deploy } = createAdminFixture({ records: "memory" });
  const lines: unknown[] = [];
  const logger = {
    warn: (event: string, fields: object) => lines.push([event, fields]),
  } as unknown as Logger;
  const put = (times: readonly (number | null)[]) =>
    deploy((artifact) => ({
      ...artifact,
      tenants: artifact.tenants.map((tenant) => ({ ...tenant, keys: { ...tenant.keys, warnBeforeMs } })),
      keys: times.map((expiresAtMs, at) => keyOf(at, expiresAtMs)),
    }));
  put(ends);
  return { lines, put, warn: createDeclaredKeyWarnings({ artifact: parts.artifact, logger }) };
}

function keyOf(at: number, expiresAtMs: number | null): ArtifactKey {
  const [key] = adminArtifact().keys;
  const digest = `sha256:${String(at).repeat(64)}`;
  return { ...(key as ArtifactKey), name: `key-${at}`, digest, expiresAtMs };
}

describe("keys of the config that end soon", () => {
  test("have a line in the log once each, when their tenant's policy says", () => {
    const { lines, warn } = start([START_MS + 4 * DAY_MS, START_MS + 40 * DAY_MS, null, START_MS]);
    expect(warn(START_MS)).toBe(0);
    expect(warn(START_MS + DAY_MS)).toBe(1);
    expect(warn(START_MS + 2 * DAY_MS)).toBe(0);
    expect(lines).toEqual([
      [
        "key-expires-soon",
        {
          ...{ key: "shop/checkout/key-0", name: "key-0", app: "checkout", tenant: "shop" },
          expires: "2026-11-28T12:00:00.000Z",
        },
      ],
    ]);
    expect(JSON.stringify(lines)).not.toContain("sha256");
    expect(warn(START_MS + 39 * DAY_MS)).toBe(1);
    expect(warn(START_MS + 41 * DAY_MS)).toBe(0);
  });

  test("have another line where the config moves their end", () => {
    const { lines, put, warn } = start([START_MS + DAY_MS]);
    expect(warn(START_MS)).toBe(1);
    put([START_MS + 2 * DAY_MS]);
    expect(warn(START_MS)).toBe(1);
    put([null]);
    expect(warn(START_MS)).toBe(0);
    expect(lines).toHaveLength(2);
  });
});

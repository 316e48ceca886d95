import { expect, test } from "bun:test";
import { join } from "node:path";
import { keyUseId } from "../../src/admin/keys/key-use.ts";
import { startRecordSync } from "../../src/cli/serve/record-sync.ts";
import type { Supervisor } from "../../src/cli/serve/supervisor.ts";
import { openRecords } from "../../src/stores/sqlite/records/open-records.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { tempFolder } from "../support/temp-folder.ts";

test("a gateway that stops writes down the last use of all keys, however many there are", async () => {
  const waiting = Array.from({ length: 6_200 }, (_, at) => ({
    tenant: "acme",
    app: "shop",
    name: `${at}`,
    atMs: 1_000 + at,
  }));
  const records = openRecords(join(tempFolder(), "records.sqlite"));
  const supervisor: Pick<Supervisor, "takeUses"> = { takeUses: async (most) => waiting.splice(0, most) };
  const sync = startRecordSync({
    records,
    supervisor: supervisor as Supervisor,
    applied: async () => undefined,
    logger: createLogger({ level: "error", format: "json" }),
  });
  await sync.stop();
  expect(await records.count({ kind: "key-use" })).toBe(6_200);
  const last = await records.get("key-use", keyUseId({ tenant: "acme", app: "shop", name: "6199" }));
  expect(last?.body.lastUsedAtMs).toBe(7_199);
  await records.close();
});

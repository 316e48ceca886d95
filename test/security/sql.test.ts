import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import type { StoredCall } from "../../src/stores/ports.ts";
import { openCallLog } from "../../src/stores/sqlite/call-log-reader.ts";
import { startTwoTenants } from "./support/two-tenants.ts";

setDefaultTimeout(60_000);
const { gateway, keyOf } = await startTwoTenants();
const file = join(gateway.stateFolder, "calls.sqlite");

const texts = [
  "' OR '1'='1",
  "'; DROP TABLE calls; --",
  '" OR ""="',
  "1); DELETE FROM call_batches; --",
  "' UNION SELECT * FROM call_batches --",
  "%",
  "_",
  "\\' OR 1=1",
  "?1",
  "$tenant",
  "x\0' OR 1=1",
];

function read(query: Readonly<Record<string, unknown>> = {}): readonly StoredCall[] {
  const log = openCallLog(file);
  try {
    return log.read({ limit: 100_000, ...query });
  } finally {
    log.close();
  }
}

/** The rows, once there are so many. */
async function rows(count: number): Promise<readonly StoredCall[]> {
  for (;;) {
    const found = read();
    if (found.length >= count) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("words of SQL in whatever a caller sends are words in the call log, and nothing else", async () => {
  const headers = { authorization: `Bearer ${keyOf("acme")}`, "content-type": "application/json" };
  let sent = 0;
  const send = async (path: string, init: RequestInit): Promise<number> => {
    sent++;
    const response = await fetch(gateway.url + path, init);
    await response.text();
    return response.status;
  };
  for (const text of texts) {
    const name = encodeURIComponent(text);
    const model = JSON.stringify({ model: text, messages: [{ role: "user", content: text }] });
    expect(await send("/v1/chat/completions", { method: "POST", headers, body: model })).toBe(404);
    const input = JSON.stringify({ text });
    expect([400, 404]).toContain(await send(`/api/${name}/v1`, { method: "POST", headers, body: input }));
    expect(await send("/api/acme-write/v1", { method: "POST", headers, body: input })).toBe(200);
    expect([400, 404]).toContain(await send(`/v1/models/${name}`, { headers }));
    expect([400, 404]).toContain(await send(`/acme-api/${name}?q=${name}`, { headers }).then(known));
    expect(await send(`/v1/models?key=${name}`, {})).toBe(401);
    // What no header can hold is not sent in one.
    const key = text.replaceAll("\0", "");
    expect(await send("/v1/models", { headers: { "x-api-key": key } })).toBe(401);
    expect(await send("/v1/models", { headers: { "x-api-key": `lk_${key}` } })).toBe(401);
  }
  const found = await rows(sent);
  expect(found).toHaveLength(sent);
  expect(new Set(found.map(({ tenant }) => tenant))).toEqual(new Set(["acme", null]));
});

/** A backend's answer counts as refused here: all of them only have to be well. */
const known = (status: number): number => (status === 200 ? 404 : status);

test("words of SQL in a query of the call log find nothing and change nothing", () => {
  const before = read().length;
  const members = [
    ...["requestId", "tenant", "app", "key", "service", "endpoint", "model", "target", "errorCode"],
    ...["status", "sinceMs", "untilMs", "afterPosition"],
  ];
  for (const text of texts) {
    for (const member of members.slice(0, 9)) expect(read({ [member]: text })).toEqual([]);
    for (const member of members.slice(9)) {
      try {
        expect(read({ [member]: text }).length).toBeLessThanOrEqual(before);
      } catch (thrown) {
        expect(String(thrown)).not.toContain("syntax error");
      }
    }
    expect(read({ tenant: "acme", [text]: text })).toHaveLength(read({ tenant: "acme" }).length);
  }
  expect(read()).toHaveLength(before);
});

import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import type { StoredCall } from "../../src/stores/ports.ts";
import { openCallLog } from "../../src/stores/sqlite/call-log-reader.ts";
import { type Named, type RouteCall, routeCalls } from "./support/calls.ts";
import { startTwoTenants, type TenantName, tenantNames } from "./support/two-tenants.ts";

setDefaultTimeout(120_000);
const { gateway, keyOf, asked } = await startTwoTenants();

/** Answers that were kept so far, by whoever asked. */
const kept: Record<TenantName, string[]> = { acme: [], bolt: [] };
/** Requests of each tenant, by their ids. */
const sent: Record<TenantName, string[]> = { acme: [], bolt: [] };

const routes = Object.keys(routeCalls);
const anyCall = fc.record({
  tenant: fc.constantFrom(...tenantNames),
  route: fc.constantFrom(...routes, "backend", "backend", "POST /v1/responses", "GET /v1/responses/:id"),
  /** Whose things it names. */
  names: fc.constantFrom("acme", "bolt", "none"),
  at: fc.nat(),
});
type AnyCall = typeof anyCall extends fc.Arbitrary<infer T> ? T : never;

/** A request, with everything in it that the answer may repeat. */
function requestOf({ route, names, at, tenant }: AnyCall): readonly [RouteCall, Named] {
  const answers = names === "none" ? [] : kept[names];
  const named: Named = {
    model: `${names}-model`,
    endpoint: `${names}-write`,
    answer: answers[at % answers.length] ?? "resp_lk_none",
  };
  if (route === "backend") return [{ method: "GET", path: `/${names}-api/${tenant}/${at}` }, named];
  const calls = routeCalls[route]?.(named) ?? [];
  const call = calls[at % calls.length] ?? { method: "GET", path: "/v1/models" };
  // Words that only this tenant says.
  const body =
    typeof call.body === "string" ? call.body.replace('"Hello"', `"said by ${tenant}"`) : call.body;
  return [{ ...call, ...(body !== undefined && { body }) }, named];
}

/** Which class an answer is of: whoever compares classes could tell what others have. */
async function send(any: AnyCall): Promise<string> {
  const { tenant } = any;
  const [call, named] = requestOf(any);
  const json = typeof call.body === "string" && { "content-type": "application/json" };
  const response = await fetch(gateway.url + call.path, {
    method: call.method,
    headers: { authorization: `Bearer ${keyOf(tenant)}`, ...json },
    ...(call.body !== undefined && { body: call.body }),
  });
  const text = await response.text();
  sent[tenant].push(response.headers.get("x-request-id") ?? "");
  const id = /"id":"(resp_lk_\w+)"/.exec(text)?.[1];
  if (id !== undefined && response.status === 200 && call.path === "/v1/responses") kept[tenant].push(id);
  let seen = `${JSON.stringify([...response.headers])}${text}`;
  // What it has asked for itself may be named to it.
  for (const name of [...Object.values(named), call.path]) seen = seen.replaceAll(name, "");
  const other = tenant === "acme" ? "bolt" : "acme";
  expect([call.path, seen.includes(other)]).toEqual([call.path, false]);
  for (const answer of kept[other]) expect(seen).not.toContain(answer);
  const lines = [...response.headers.keys()].filter((name) => name !== "content-length").sort();
  return [response.status, response.headers.get("x-latchkey-error"), ...lines].join(" ");
}

/** Sends a request; one that names the other's things is answered like the same that names what nobody has. */
async function sendBoth(any: AnyCall): Promise<void> {
  const answer = await send(any);
  if (any.names === "none" || any.names === any.tenant) return;
  expect([any.route, answer]).toEqual([any.route, await send({ ...any, names: "none" })]);
}

/** Rows of a tenant, once as many are there as were sent. */
async function rowsOf(tenant: TenantName): Promise<readonly StoredCall[]> {
  for (;;) {
    const log = openCallLog(join(gateway.stateFolder, "calls.sqlite"));
    const rows = log.read({ tenant, limit: 1_000_000 });
    log.close();
    if (rows.length >= sent[tenant].length) return rows;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("neither of two tenants ever sees the other's, whatever both do at the same time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCall, { minLength: 8, maxLength: 24 }), async (calls) => {
      await Promise.all(calls.map(sendBoth));
    }),
    { numRuns: 30 },
  );
  for (const tenant of tenantNames) {
    const headers = { authorization: `Bearer ${keyOf(tenant)}` };
    const listed = await fetch(`${gateway.url}/v1/models`, { headers });
    sent[tenant].push(listed.headers.get("x-request-id") ?? "");
    const { data } = (await listed.json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id).sort()).toEqual([`${tenant}-model`, "common"].sort());
    // The kept answers are those that were made, which their tenant alone can delete.
    expect(kept[tenant].length).toBeGreaterThan(0);
    const rows = await rowsOf(tenant);
    expect(rows.map(({ requestId }) => requestId).sort()).toEqual([...sent[tenant]].sort());
    for (const row of rows) {
      expect([row.tenant, row.app]).toEqual([tenant, "shop"]);
      const other = tenant === "acme" ? "bolt" : "acme";
      expect(`${row.service} ${row.endpoint} ${row.target}`).not.toContain(other);
    }
  }
  expect(asked.length).toBeGreaterThan(0);
  // Each backend was asked by its own tenant alone: the path tells by whom.
  for (const one of asked) expect(one).toMatch(/^(acme \/acme|bolt \/bolt)\/\d+$/);
});

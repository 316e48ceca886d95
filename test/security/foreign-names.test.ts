import { expect, setDefaultTimeout, test } from "bun:test";
import { routeTable } from "../../src/server/route-table.ts";
import { type Named, type RouteCall, routeCalls } from "./support/calls.ts";
import { otherThan, startTwoTenants, type TenantName, tenantNames } from "./support/two-tenants.ts";

setDefaultTimeout(60_000);
const { gateway, keyOf, asked } = await startTwoTenants();

interface Told {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** What a tenant is told, with everything taken out that is different in each answer. */
async function told(tenant: TenantName, call: RouteCall, named: Named): Promise<Told> {
  const json = typeof call.body === "string" && { "content-type": "application/json" };
  const response = await fetch(gateway.url + call.path, {
    method: call.method,
    headers: { authorization: `Bearer ${keyOf(tenant)}`, ...json },
    ...(call.body !== undefined && { body: call.body }),
  });
  const id = response.headers.get("x-request-id") ?? "";
  let body = (await response.text()).replaceAll(id, "ID");
  for (const name of Object.values(named)) body = body.replaceAll(name, "NAME");
  const headers = [...response.headers].filter(([name]) => name !== "x-request-id" && name !== "date");
  // Lengths differ by the length of the name.
  const lines = headers.filter(([name]) => name !== "content-length").map((header) => header.join(": "));
  return { status: response.status, headers: lines, body };
}

/** An answer that is kept for a tenant. */
async function keptAnswer(tenant: TenantName): Promise<string> {
  const response = await fetch(`${gateway.url}/v1/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${keyOf(tenant)}`, "content-type": "application/json" },
    body: JSON.stringify({ model: `${tenant}-model`, input: `${tenant} speaking` }),
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { readonly id: string }).id;
}

const answers = { acme: await keptAnswer("acme"), bolt: await keptAnswer("bolt") };
const cases = tenantNames.flatMap((tenant) =>
  routeTable.map(({ method, path }) => [tenant, `${method} ${path}`]),
);

test.each(cases as [TenantName, string][])(
  "%s learns nothing of another tenant's names by %s",
  async (tenant, route) => {
    const other = otherThan(tenant);
    const answer = answers[other];
    const foreign = { model: `${other}-model`, endpoint: `${other}-write`, answer };
    const nowhere = { model: "none-model", endpoint: "none-write", answer: `${answer.slice(0, -4)}zzzz` };
    const calls = routeCalls[route]?.(foreign) ?? [];
    const vain = routeCalls[route]?.(nowhere) ?? [];
    expect(calls.length).toBeGreaterThan(0);
    for (const [at, call] of calls.entries()) {
      const [mine, theirs] = [
        await told(tenant, call, foreign),
        await told(tenant, vain[at] ?? call, nowhere),
      ];
      expect([call.path, mine]).toEqual([call.path, theirs]);
      // A conversation that cannot be gone on with is a mistake in the request, as it is at OpenAI.
      const statuses = call.path.endsWith("/models")
        ? [200]
        : route.endsWith("/responses")
          ? [400, 404]
          : [404];
      expect(statuses).toContain(mine.status);
      expect(JSON.stringify(mine)).not.toContain(other);
    }
    // It is still there, and its owner's.
    const kept = await fetch(`${gateway.url}/v1/responses/${answer}`, {
      headers: { authorization: `Bearer ${keyOf(other)}` },
    });
    expect([kept.status, await kept.text()]).toEqual([200, expect.stringContaining(`${other} speaking`)]);
  },
);

test.each(tenantNames)("%s learns nothing of another tenant's backend", async (tenant) => {
  const other = otherThan(tenant);
  const calls = (base: string): readonly RouteCall[] =>
    ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"].flatMap((method) =>
      ["", "/orders/7", "/../x", "/%2e%2e"].map((path) => ({ method, path: `/${base}${path}` })),
    );
  const named = (base: string): Named => ({ model: base, endpoint: base, answer: base });
  const [theirs, vain] = [calls(`${other}-api`), calls("none-api")];
  for (const [at, call] of theirs.entries()) {
    const answer = await told(tenant, call, named(`${other}-api`));
    expect(answer).toEqual(await told(tenant, vain[at] ?? call, named("none-api")));
    expect(answer.status).toBe(404);
  }
  expect(asked).toEqual([]);
  const own = await fetch(`${gateway.url}/${tenant}-api/a`, {
    headers: { authorization: `Bearer ${keyOf(tenant)}` },
  });
  expect([own.status, asked.splice(0)]).toEqual([200, [`${tenant} /a`]]);
});

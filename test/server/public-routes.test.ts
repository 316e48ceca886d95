import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { adminOperations } from "../../src/admin/contract.ts";
import type { ServedGateway } from "../../src/cli/serve/serve-gateway.ts";
import { createApp } from "../../src/server/app.ts";
import { isProbePath, publicRoutes } from "../../src/server/public-routes.ts";
import { routeTable } from "../../src/server/route-table.ts";
import { type AdminProject, adminProject } from "../cli/support/admin-project.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";

// Threads start on a machine that is shared with whatever else runs.
setDefaultTimeout(60_000);

/** Asks for a route of a table, with `x` for each segment that may be anything, and follows nothing. */
async function statusOf(base: string, route: string): Promise<number> {
  const [method = "", path = ""] = route.split(" ");
  const url = base + path.replaceAll(/:\w+|\{\w+\}/g, "x");
  const body = method === "GET" || method === "HEAD" ? {} : { body: "{}" };
  return (await fetch(url, { method, redirect: "manual", ...body })).status;
}

describe("what is there for callers", () => {
  let gateway: GatewayFixture;
  beforeAll(async () => {
    gateway = await startGateway({ baseUrls: ["http://127.0.0.1:1/v1"] });
  });
  afterAll(() => gateway.stop());

  test("asks for a credential unless it is listed as public", async () => {
    const routes = [...createApp(gateway.gateway).routes, ...routeTable];
    expect(routes.length).toBeGreaterThan(20);
    for (const { method, path } of routes) {
      const status = await statusOf(gateway.url, `${method} ${path}`);
      expect({ method, path, status }).toEqual({ method, path, status: isProbePath(path) ? 200 : 401 });
    }
  });
});

describe("what is there for people", () => {
  /** What whoever has no credential is told: by a form without its page's origin, or of a provider that there is not. */
  const open: Readonly<Record<string, number>> = {
    "GET /healthz": 200,
    "GET /readyz": 200,
    "GET /admin/sign-in": 200,
    "GET /admin/sign-in/start": 400,
    "GET /admin/sign-in/callback/:provider": 404,
    "GET /admin/sign-in/link": 200,
    "POST /admin/sign-in/link": 403,
    "GET /portal": 303,
    "GET /portal/": 303,
    "GET /portal/subscriptions/:id": 303,
  };

  let folder: AdminProject;
  let gateway: ServedGateway;
  beforeAll(async () => {
    folder = await adminProject();
    gateway = await folder.serve();
  });
  afterAll(async () => {
    await gateway.stop(1_000);
    folder.remove();
  });

  test("answers without a credential where it is listed as public", async () => {
    expect([...publicRoutes].sort()).toEqual(Object.keys(open).sort());
    for (const route of publicRoutes) {
      expect([route, await statusOf(gateway.url, route)]).toEqual([route, open[route] ?? 0]);
    }
  });

  test("asks for a session or a token everywhere else, also where nothing is", async () => {
    const closed = [
      ...adminOperations.map(({ method, path }) => `${method} /admin/v1${path}`),
      ...["GET /admin/v1/openapi.json", "POST /admin/sign-in/sign-out"],
      ...["/admin", "/admin/", "/admin/v1", "/admin/v1/x", "/admin/sign-in/", "/admin/sign-in/x"],
      ...["/admin/sign-in/callback", "/admin/sign-in/callback/x/y", "/portal/x", "/portal/subscriptions"],
    ].map((route) => (route.startsWith("/") ? `GET ${route}` : route));
    expect(closed.length).toBeGreaterThan(50);
    for (const route of closed) expect([route, await statusOf(gateway.url, route)]).toEqual([route, 401]);
  });

  test("is told of in docs/http.md", () => {
    const [first = ""] = readFileSync(resolve(import.meta.dir, "../../docs/http.md"), "utf8").split(
      "| path |",
    );
    for (const route of publicRoutes) {
      const path = route.slice(route.indexOf("/")).replace(/(?<=.)\/$/, "");
      expect(first).toContain(`\`${path.replace(/:(\w+)/, "<$1>")}\``);
    }
  });
});

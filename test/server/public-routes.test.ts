import { afterAll, beforeAll, expect, test } from "bun:test";
import { createApp } from "../../src/server/app.ts";
import { publicRoutes } from "../../src/server/public-routes.ts";
import { routeTable } from "../../src/server/route-table.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await startGateway({ baseUrls: ["http://127.0.0.1:1/v1"] });
});
afterAll(() => gateway.stop());

test("every route asks for a credential unless it is listed as public", async () => {
  const routes = [
    ...createApp(gateway.gateway).routes.map(({ method, path }) => ({ method, path })),
    ...routeTable.map(({ method, path }) => ({ method, path })),
  ];
  expect(routes.length).toBeGreaterThan(20);
  for (const { method, path } of routes) {
    const url = gateway.url + path.replaceAll(/:\w+/g, "x");
    const { status } = await fetch(url, { method, ...(method === "POST" && { body: "{}" }) });
    const isPublic = publicRoutes.some((known) => known === path);
    expect({ method, path, status }).toEqual({ method, path, status: isPublic ? 200 : 401 });
  }
});

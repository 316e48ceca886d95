import { expect, test } from "bun:test";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";

test("an app that throws is answered with 500 in the gateway's error form and leaves a row", async () => {
  const fixture = await startGateway({ baseUrls: ["http://127.0.0.1:9/v1"] });
  afterTest(() => fixture.stop());
  Object.assign(fixture.gateway, {
    ready: () => {
      throw new Error("secret");
    },
  });
  const response = await fetch(`${fixture.url}/readyz`);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({
    error: { code: "LK-5001", message: expect.stringMatching(/^The gateway failed\./) },
  });
  expect(text).not.toContain("secret");
  const id = response.headers.get("x-request-id");
  expect(await fixture.row(({ requestId }) => requestId === id)).toMatchObject({
    status: 500,
    errorCode: "LK-5001",
    path: "/readyz",
  });
  expect((await fetch(`${fixture.url}/healthz`)).status).toBe(200);
});

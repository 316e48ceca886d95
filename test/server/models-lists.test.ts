import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { GoogleGenAI } from "@google/genai";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await startGateway({ baseUrls: ["http://127.0.0.1:1/v1"] });
});
afterAll(() => gateway.stop());

describe.each(["v1", "v1beta"])("Google's client of version %s", (apiVersion) => {
  const client = () =>
    new GoogleGenAI({ apiKey: gateway.key, httpOptions: { baseUrl: gateway.url, apiVersion } });

  test("sees the models of its key", async () => {
    const names: (string | undefined)[] = [];
    for await (const { name } of await client().models.list()) names.push(name);
    expect(names).toContain("models/fast");
  });

  test("sees one of them", async () => {
    expect((await client().models.get({ model: "fast" })).name).toBe("models/fast");
  });
});

test("what can be read can be asked for its head alone", async () => {
  for (const path of ["/v1/models", "/v1/models/fast"]) {
    const headers = { authorization: `Bearer ${gateway.key}` };
    const whole = await fetch(gateway.url + path, { headers });
    const head = await fetch(gateway.url + path, { method: "HEAD", headers });
    expect({ path, status: head.status, body: await head.text() }).toEqual({ path, status: 200, body: "" });
    expect(head.headers.get("content-length")).toBe(String((await whole.bytes()).length));
  }
  expect((await fetch(`${gateway.url}/v1/models`, { method: "HEAD" })).status).toBe(401);
});

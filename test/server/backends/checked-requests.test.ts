import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ArtifactBackendRoute } from "../../../src/artifact/artifact.ts";
import type { GatewayFixture } from "../../support/gateway-fixture.ts";
import { type ReplayUpstream, startReplayUpstream } from "../../support/replay-upstream.ts";
import { backend, startBackendGateway, upstreamAt } from "./support/backend-gateway.ts";

const node = {
  type: "object",
  properties: {
    next: { $ref: "#" },
    name: { type: "string", minLength: 1 },
    at: { type: "string", format: "date" },
  },
  additionalProperties: false,
};

const route: ArtifactBackendRoute = {
  methods: ["POST"],
  path: "/orders/{id}",
  rewritePath: null,
  operation: {
    operationId: null,
    summary: null,
    deprecated: false,
    parameters: [
      { name: "id", in: "path", required: true, list: null, schema: { type: "integer", minimum: 1 } },
      { name: "size", in: "query", required: false, list: null, schema: { enum: ["s", "l"] } },
      {
        name: "tag",
        in: "query",
        required: false,
        list: "repeated",
        schema: { type: "string", maxLength: 3 },
      },
      { name: "X-Dry", in: "header", required: true, list: null, schema: { type: "boolean" } },
      { name: "X-Ids", in: "header", required: false, list: "commas", schema: { type: "number" } },
    ],
    body: {
      required: true,
      content: [
        { mediaType: "application/json", schema: node },
        { mediaType: "text/*", schema: null },
      ],
    },
  },
};

let upstream: ReplayUpstream;
let gateway: GatewayFixture;

beforeAll(async () => {
  upstream = startReplayUpstream(({ send }) => send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"));
  const upstreams = [upstreamAt(new URL(upstream.baseUrl).origin)];
  gateway = await startBackendGateway([
    backend({ upstreams, routes: [route], validate: "refuse" }),
    backend({ upstreams, routes: [route], validate: "report", basePath: "/told" }),
    backend({ upstreams, routes: [route], validate: "off", basePath: "/loose" }),
  ]);
});
afterAll(async () => {
  await gateway.stop();
  upstream.stop();
});

const good = {
  path: "/orders/7",
  body: `{"name":"a"}`,
  headers: { "x-dry": "true" } as Record<string, string>,
};

function ask(base: string, changed: Partial<typeof good>): Promise<Response> {
  const { path, body, headers } = { ...good, ...changed };
  return gateway.call(base + path, body, headers);
}

describe("a request that the operation allows", () => {
  test.each([
    ["the plain one", {}],
    [
      "with all parameters",
      { path: "/orders/7?size=l&tag=a&tag=b", headers: { "x-dry": "false", "x-ids": "1, 2.5" } },
    ],
    ["with names that are escaped", { path: "/orders/%37?%73ize=s" }],
    ["with a text", { body: "any", headers: { ...good.headers, "content-type": "text/csv; charset=utf-8" } }],
    ["with a list of its own kind", { body: `{"next":{"next":{"at":"2026-01-31"}}}` }],
  ])("%s passes", async (_, changed) => {
    const response = await ask("/shop", changed);
    expect([response.status, await response.text()]).toEqual([200, "ok"]);
  });
});

describe("a request that the operation does not allow", () => {
  const cases: readonly (readonly [param: string, changed: Partial<typeof good>])[] = [
    ["path.id", { path: "/orders/0" }],
    ["path.id", { path: "/orders/x" }],
    ["path.id", { path: "/orders/1e999" }],
    ["query.size", { path: "/orders/7?size=m" }],
    ["query.size", { path: "/orders/7?%73ize=m" }],
    ["query.size", { path: "/orders/7?size=s&size=l" }],
    ["query.tag", { path: "/orders/7?tag=a&tag=long" }],
    ["header.X-Dry", { headers: {} }],
    ["header.X-Dry", { headers: { "x-dry": "yes" } }],
    ["header.X-Ids", { headers: { "x-dry": "true", "x-ids": "1,b" } }],
    ["header.content-type", { headers: { ...good.headers, "content-type": "application/xml" } }],
    ["body", { body: "" }],
    ["body", { body: "{" }],
    ["body", { body: "[]" }],
    ["body", { body: `{"other":1}` }],
    ["body", { body: `{"__proto__":1}` }],
    ["body", { body: `{"constructor":1}` }],
    ["body.name", { body: `{"name":""}` }],
    ["body.next.name", { body: `{"next":{"name":5}}` }],
    ["body.at", { body: `{"at":"yesterday"}` }],
    // A server that takes the first one would take a number.
    ["body.name", { body: `{"name":1,"name":"a"}` }],
    ["body.next.name", { body: `{"next":{"name":"a","n\\u0061me":"b"}}` }],
    ["body", { body: `\ufeff{"name":"a"}` }],
  ];

  test.each(cases)("is refused with the name of the field: %s", async (param, changed) => {
    const before = upstream.seen.length;
    const response = await ask("/shop", changed);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: expect.objectContaining({ code: "LK-2120", param }) },
    ]);
    expect(upstream.seen).toHaveLength(before);
  });

  test("is refused however deep it nests", async () => {
    const depth = 100_000;
    const response = await ask("/shop", {
      body: [`{"next":`.repeat(depth), "{}", "}".repeat(depth)].join(""),
    });
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([400, "LK-2120"]);
  });

  test.each(["/told", "/loose"])("passes below %s, where nobody refuses it", async (base) => {
    expect((await ask(base, { path: "/orders/x", body: "{}" })).status).toBe(200);
  });
});

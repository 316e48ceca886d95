import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src/compiler/compile.ts";
import { configFolder } from "../compiler/support/config-folder.ts";

setDefaultTimeout(60_000);

const asked: string[] = [];
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request) {
    asked.push(request.url);
    return Response.json({ openapi: "3.1.0", paths: { "/fetched": { get: {} } } });
  },
});
afterAll(() => server.stop(true));

const config = (openapi: string): string => `
import { app, backend, defineGateway, demo, model, service, tenant } from "latchkey/config";
const local = demo();
const fast = model({ targets: [local("echo")] });
const shop = backend({ upstreams: ["https://api.example"], openapi: ${JSON.stringify(openapi)} });
const team = tenant({ apps: { desk: app({ uses: () => [all] }) } });
const all = service({ owner: team, offers: [fast, shop], visibility: "everyone" });
export default defineGateway({ providers: { local }, models: { fast }, backends: { shop }, services: { all }, tenants: { team } });
`;

const compiled = (openapi: string, files: Readonly<Record<string, string>> = {}) => {
  const folder = configFolder({ ...files, "gateway.config.ts": config(openapi) });
  return { folder, result: () => compile({ configFile: join(folder, "gateway.config.ts") }) };
};

test.each(["http", "HTTP", "file"])("an OpenAPI document is never fetched from %s://", async (scheme) => {
  const { result } = compiled(`${scheme}://127.0.0.1:${server.port}/openapi.json`);
  const { artifact, diagnostics } = await result();
  expect(artifact).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toContain("LK1705");
  expect(asked).toEqual([]);
});

test.each([
  ["another document of the web", (port: number) => `http://127.0.0.1:${port}/other.json#/a`],
  ["another document beside it", () => "./other.json#/components/schemas/A"],
  ["a file of the machine", () => "file:///etc/passwd"],
  ["a file above it", () => "../../../../etc/passwd"],
])("a reference to %s is not followed", async (_, reference) => {
  const document = {
    openapi: "3.1.0",
    paths: {
      "/a": {
        post: {
          parameters: [{ $ref: reference(server.port ?? 0) }],
          requestBody: { content: { "application/json": { schema: { $ref: reference(server.port ?? 0) } } } },
        },
      },
      "/b": { $ref: reference(server.port ?? 0) },
    },
  };
  const { result } = compiled("./openapi.json", {
    "openapi.json": JSON.stringify(document),
    "other.json": JSON.stringify({ components: { schemas: { A: { type: "string", const: "followed" } } } }),
  });
  const { artifact, diagnostics } = await result();
  expect(artifact).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toContain("LK1706");
  expect(JSON.stringify(diagnostics)).not.toContain("followed");
  expect(asked).toEqual([]);
});

test("what stands in a file that is no document is not told, wherever it lies", async () => {
  const secret = configFolder({ "secrets.env": "TOKEN=very-secret-token\nOTHER: [very-secret\n" });
  const { folder, result } = compiled("./linked.yaml");
  symlinkSync(join(secret, "secrets.env"), join(folder, "linked.yaml"));
  const linked = await result();
  expect(linked.diagnostics.map(({ code }) => code)).toContain("LK1705");
  expect(JSON.stringify(linked.diagnostics)).not.toContain("very-secret");
  const direct = await compiled(join(secret, "secrets.env")).result();
  expect(direct.diagnostics.map(({ code }) => code)).toContain("LK1705");
  expect(JSON.stringify(direct.diagnostics)).not.toContain("very-secret");
});

test("a document outside of the project is read as the config's author says, like every file of a config", async () => {
  const outside = configFolder({});
  writeFileSync(
    join(outside, "api.json"),
    JSON.stringify({ openapi: "3.1.0", paths: { "/a": { get: {} } } }),
  );
  const { artifact, inputs } = await compiled(join(outside, "api.json")).result();
  expect(artifact?.backends[0]?.routes?.map(({ path }) => path)).toEqual(["/a"]);
  // It counts among what the artifact was made of.
  expect(inputs).toContain(join(outside, "api.json"));
});

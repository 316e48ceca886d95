import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Glob } from "bun";
import { createApp } from "../../src/server/app.ts";
import { routeTable } from "../../src/server/route-table.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";

const root = resolve(import.meta.dir, "../..");
const text = readFileSync(join(root, "docs/http.md"), "utf8");

/** A path with all parameters alike, however many parts the name at its end has. */
function shape(path: string): string {
  return path
    .replaceAll(/<\w+>|:\w+/g, "*")
    .replace("/v*", "/*")
    .replace(/\*[*:/]*$/, "*");
}

/** Methods and paths that the document names. */
const documented: ReadonlySet<string> = new Set(
  [...text.matchAll(/`(GET|POST|DELETE) (\/\S*)`/g)].map(
    ([, method, path = ""]) => `${method} ${shape(path)}`,
  ),
);

describe("docs/http.md", () => {
  test("names every path", async () => {
    const gateway: GatewayFixture = await startGateway({ baseUrls: ["http://127.0.0.1:1/v1"] });
    const open = createApp(gateway.gateway).routes.map(({ method, path }) => ({ method, path }));
    await gateway.stop();
    const missing = [...routeTable, ...open]
      .map(({ method, path }) => `${method === "HEAD" ? "GET" : method} ${shape(path)}`)
      .filter((route) => !documented.has(route));
    expect([...new Set(missing)]).toEqual([]);
  });

  test("names every header of the gateway's own", async () => {
    const names = new Set<string>();
    for await (const file of new Glob("{src,sdk}/**/*.ts").scan(root))
      for (const [name] of readFileSync(join(root, file), "utf8").matchAll(
        /\bx-latchkey-[a-z]+(?:-[a-z]+)*/g,
      ))
        names.add(name);
    expect(names.size).toBeGreaterThan(5);
    expect([...names].filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test("names every header that is read of a request", async () => {
    const names = new Set<string>();
    for await (const file of new Glob("src/{front,runtime,server}/**/*.ts").scan(root)) {
      if (file.startsWith("src/runtime/backends/")) continue;
      for (const [, name = ""] of readFileSync(join(root, file), "utf8").matchAll(
        /\bheaders\.(?:get|has)\("([a-z-]+)"\)/g,
      ))
        names.add(name);
    }
    expect(names.size).toBeGreaterThan(8);
    const [, section = ""] = /## Headers of a request\n([\s\S]*?)\n## /.exec(text) ?? [];
    expect([...names].filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });
});

import { describe, expect, test } from "bun:test";
import { readBundleMap } from "../../../src/compiler/locate/bundle-map.ts";

/** One generated line that begins with the source's first character: `AAAA` in base 64 VLQ. */
function mapOf(source: string, extra: object = {}): string {
  return JSON.stringify({ version: 3, sources: [source], names: [], mappings: "AAAA", ...extra });
}

const first = { line: 1, column: 1 };

describe("a bundle's map", () => {
  test.each([
    ["../../gateway.config.ts", "/team/gateway.config.ts"],
    ["../../sub%20d%23/%C3%A9.ts", "/team/sub d#/é.ts"],
    ["/elsewhere/a.ts", "/elsewhere/a.ts"],
    ["file:///elsewhere/a.ts", "/elsewhere/a.ts"],
    ["100%.ts", "/team/.latchkey/build/100%.ts"],
  ])("resolves the source %p", (source, path) => {
    const map = readBundleMap(mapOf(source), "/team/.latchkey/build/bundle.mjs");
    expect(map.original(first)).toEqual({ path, line: 1, column: 1 });
  });

  test("knows the texts that it holds", () => {
    const json = mapOf("a.ts", { sourcesContent: ["const a = 1;"] });
    const map = readBundleMap(json, "/team/bundle.mjs");
    expect(map.content("/team/a.ts")).toBe("const a = 1;");
    expect(map.content("/team/b.ts")).toBeUndefined();
    expect(readBundleMap(mapOf("a.ts"), "/team/bundle.mjs").content("/team/a.ts")).toBeUndefined();
  });

  test("knows nothing of lines without a source", () => {
    const map = readBundleMap(mapOf("a.ts"), "/team/bundle.mjs");
    expect(map.original({ line: 2, column: 1 })).toBeUndefined();
    expect(
      readBundleMap(mapOf("a.ts", { mappings: "A" }), "/team/bundle.mjs").original(first),
    ).toBeUndefined();
  });
});

import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SegmentTrie } from "../../../src/kernel/segment-trie.ts";
import { BasePaths } from "../../../src/runtime/backends/base-paths.ts";
import { pathRewriter } from "../../../src/runtime/backends/rewrite-path.ts";
import { isRoutablePath } from "../../../src/runtime/backends/routable-path.ts";

function trieOf(patterns: readonly (readonly [pattern: string, methods: readonly string[] | null])[]) {
  const trie = new SegmentTrie<string>();
  for (const [pattern, methods] of patterns) trie.add(pattern, methods, `${methods ?? "*"} ${pattern}`);
  return trie;
}

const shop = trieOf([
  ["/orders", ["GET"]],
  ["/orders", ["POST"]],
  ["/orders/{id}", ["GET", "DELETE"]],
  ["/orders/new", ["POST"]],
  ["/orders/{id}/lines/{line}", null],
  ["/files/*", ["GET"]],
  ["", ["GET"]],
]);

describe("a segment trie", () => {
  test.each([
    ["GET", "/orders", "GET /orders", [], ""],
    ["POST", "/orders", "POST /orders", [], ""],
    ["HEAD", "/orders", "GET /orders", [], ""],
    ["GET", "/orders/new", "GET,DELETE /orders/{id}", ["new"], ""],
    ["POST", "/orders/new", "POST /orders/new", [], ""],
    ["PATCH", "/orders/7/lines/a%20b", "* /orders/{id}/lines/{line}", ["7", "a%20b"], ""],
    ["GET", "/files/a/b.txt", "GET /files/*", [], "a/b.txt"],
    ["GET", "/files/", "GET /files/*", [], ""],
    ["GET", "/files", "GET /files/*", [], ""],
    ["GET", "", "GET ", [], ""],
  ])("%s %s leads to %s", (method, path, value, parameters, rest) => {
    expect(shop.find(method, path)).toEqual({ found: { value, parameters, rest } });
  });

  test.each([
    ["PUT", "/orders", ["GET", "HEAD", "POST"]],
    ["PUT", "/orders/7", ["DELETE", "GET", "HEAD"]],
    ["PUT", "/orders/new", ["DELETE", "GET", "HEAD", "POST"]],
    ["GET", "/order", []],
    ["GET", "/orders/", []],
    ["GET", "/orders/7/lines", []],
    ["GET", "/__proto__", []],
    ["constructor", "/orders", ["GET", "HEAD", "POST"]],
  ])("%s %s leads nowhere, and %p are allowed", (method, path, allowed) => {
    expect(shop.find(method, path)).toEqual({ allowed });
  });

  test("finds what a look at all patterns finds", () => {
    const segment = fc.constantFrom("a", "b", "c");
    const part = fc.oneof(segment, fc.constant("{x}"));
    const pattern = fc.array(part, { maxLength: 4 }).map((parts) => parts.map((one) => `/${one}`).join(""));
    const path = fc.array(segment, { maxLength: 5 }).map((parts) => parts.map((one) => `/${one}`).join(""));
    fc.assert(
      fc.property(fc.array(fc.tuple(pattern, fc.boolean())), path, (patterns, asked) => {
        const written = patterns.map(([one, hasRest]) => (hasRest ? `${one}/*` : one));
        const trie = trieOf(written.map((one) => [one, ["GET"]]));
        const matches = written.some((one) => {
          const source = one.replace("/*", "(?:/.*)?").replaceAll("{x}", "[^/]+");
          return new RegExp(`^${source}$`).test(asked);
        });
        expect("found" in trie.find("GET", asked)).toBe(matches);
      }),
    );
  });
});

describe("base paths", () => {
  const paths = new BasePaths<string>();
  for (const path of ["/shop", "/shop/orders", "/shop/orders/v2", "/a/b"]) paths.add(path, path);

  test.each([
    ["/shop", "/shop", ""],
    ["/shop/", "/shop", "/"],
    ["/shop/carts/1", "/shop", "/carts/1"],
    ["/shop/orders", "/shop/orders", ""],
    ["/shop/orders/v2/7", "/shop/orders/v2", "/7"],
    ["/shop/orders/v20", "/shop/orders", "/v20"],
    ["/a/b/c", "/a/b", "/c"],
  ])("%s lies below %s", (path, value, below) => {
    expect(paths.find(path)).toEqual({ value, below });
  });

  test.each(["/", "", "*", "/shopping", "/a", "/constructor", "/__proto__/x"])(
    "%p lies below none",
    (path) => {
      expect(paths.find(path)).toBeUndefined();
    },
  );
});

describe("a path that servers read differently", () => {
  test.each([
    "/a%2fb",
    "/a%2Fb",
    "/a%5cb",
    "/a%00",
    "/a;x=1",
    "/..;/b",
    "/%252fa",
    "/%25252f",
    "/%252e%252e/a",
    "/%zz",
    "/%2",
    "/%",
  ])("%s is not routed", (path) => expect(isRoutablePath(path)).toBe(false));

  test.each(["/", "/a%20b", "/a:b", "/a,b@c", "/100%25", "/~me/!$&'()*+="])("%s is routed", (path) => {
    expect(isRoutablePath(path)).toBe(true);
  });
});

describe("a rewritten path", () => {
  test.each([
    ["/orders/{id}", "/api/order/{id}.json", "/api/order/7.json"],
    ["/{a}/{id}", "/{id}/{a}", "/second/7"],
    ["/files/*", "/storage/*", "/storage/x/y"],
    ["/files/*", "/all", "/all"],
    ["/{id}", "/{unknown}", "/"],
  ])("of %s by %s", (pattern, rewrite, expected) => {
    expect(pathRewriter(pattern, rewrite)({ parameters: ["7", "second"], rest: "x/y" })).toBe(expected);
  });
});

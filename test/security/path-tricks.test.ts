import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ask, startBackendWorld } from "./support/ask.ts";

/** What a careless server could make of a path: decoded until nothing is left to decode, dots resolved. */
function readings(path: string): readonly string[] {
  const found = [path];
  for (let at = 0; at < 5; at++) found.push(decoded(found.at(-1) ?? ""));
  return found.flatMap((text) => [resolved(text), resolved(text.replaceAll(/;[^/]*/g, ""))]);
}

/** Percent signs decoded byte by byte, overlong UTF-8 read as what it stands for. */
function decoded(text: string): string {
  return text
    .replaceAll(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/([\xc0\xc1])([\x80-\xbf])/g, (_, a, b) => ascii(a.charCodeAt(0) & 1, b))
    .replaceAll(/\xe0([\x80\x81])([\x80-\xbf])/g, (_, a, b) => ascii(a.charCodeAt(0) & 1, b))
    .replaceAll(/\xf0\x80([\x80\x81])([\x80-\xbf])/g, (_, a, b) => ascii(a.charCodeAt(0) & 1, b));
}

const ascii = (high: number, low: string): string =>
  String.fromCharCode((high << 6) | (low.charCodeAt(0) & 0x3f));

function resolved(text: string): string {
  const segments: string[] = [];
  const [whole = ""] = text.split("\0");
  for (const segment of whole.replaceAll("\\", "/").split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

const prefixed = (origin: string) => ({
  upstreams: [{ origin, pathPrefix: "/tenants/acme", host: null, weight: 1 }],
});

describe("a path that is written to lead elsewhere", () => {
  test.each([
    ["dot segments", "/shop/../bolt"],
    ["one dot segment", "/shop/./a"],
    ["dots at its end", "/shop/.."],
    ["encoded dots", "/shop/%2e%2e/bolt"],
    ["half encoded dots", "/shop/.%2E/bolt"],
    ["dots that are encoded twice", "/shop/%252e%252e/bolt"],
    ["dots that are encoded three times", "/shop/%25252e%25252e/bolt"],
    ["a double slash", "/shop//bolt"],
    ["a double slash at its beginning", "//shop/bolt"],
    ["an encoded slash", "/shop/..%2fbolt"],
    ["a slash that is encoded twice", "/shop/..%252fbolt"],
    ["a back-slash", "/shop/..\\bolt"],
    ["an encoded back-slash", "/shop/..%5cbolt"],
    ["a back-slash that is encoded twice", "/shop/..%255cbolt"],
    ["a parameter after dots", "/shop/..;/bolt"],
    ["a parameter", "/shop/a;x=/../bolt"],
    ["dots in UTF-8 of two bytes", "/shop/%c0%ae%c0%ae/bolt"],
    ["dots in UTF-8 of three bytes", "/shop/%e0%80%ae%e0%80%ae/bolt"],
    ["dots in UTF-8 of four bytes", "/shop/%f0%80%80%ae%f0%80%80%ae/bolt"],
    ["a slash in UTF-8 of two bytes", "/shop/..%C0%AFbolt"],
    ["a back-slash in UTF-8 of two bytes", "/shop/..%c1%9cbolt"],
    ["overlong UTF-8 that is encoded twice", "/shop/%25c0%25ae%25c0%25ae/bolt"],
    ["dots in raw overlong UTF-8", "/shop/\xc0\xae\xc0\xae/bolt"],
    ["an encoded zero", "/shop/a%00.html"],
    ["a zero that is encoded twice", "/shop/a%2500"],
    ["an encoded line end", "/shop/a%0d%0ax-evil:%201"],
    ["a line end that is encoded twice", "/shop/a%250d%250a"],
    ["an encoded tab", "/shop/..%09/bolt"],
    ["a percent sign that encodes nothing", "/shop/%zz"],
    ["a percent sign of another kind", "/shop/%u002e%u002e/bolt"],
    ["a percent sign at its end", "/shop/a%"],
    ["a fragment", "/shop/a#/../bolt"],
    ["letters beyond ASCII", "/shop/\xe9"],
  ])("by %s is refused, and no backend hears of it", async (_, path) => {
    const { gateway, server } = await startBackendWorld(undefined, prefixed);
    expect(await ask(gateway, `GET ${path}`)).toMatchObject({ status: 400, code: "LK-2107" });
    expect(server.seen).toEqual([]);
  });

  test.each(["/shop/a\0b", "/shop/a b", "/shop/\x7f", "/shop/a\tb"])(
    "by a byte that no target has (%j) is no request at all",
    async (path) => {
      const { gateway, server } = await startBackendWorld(undefined, prefixed);
      expect(await ask(gateway, `GET ${path}`)).toMatchObject({ status: 400, code: "LK-2114" });
      expect(server.seen).toEqual([]);
    },
  );

  test("never leads out of the declared path, whatever it is made of and whoever reads it", async () => {
    const { gateway, server } = await startBackendWorld(undefined, prefixed);
    const piece = fc.constantFrom(
      ...["/", "//", "..", ".", "%2e", "%2E%2e", "%252e", "%2f", "%252F", "%5c", "\\", ";", "a", "b", "%61"],
      ...["%c0%ae", "%c0%af", "%e0%80%af", "%00", "%0d%0a", "%25", "%", "?", "#", "\xc0\xaf", "@", ":", "~"],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const before = server.seen.length;
        const { status } = await ask(gateway, `GET /shop/${pieces.join("")}`);
        expect([200, 400]).toContain(status);
        expect(server.seen.length - before).toBe(status === 200 ? 1 : 0);
        if (status !== 200) return;
        const [, target = ""] = server.seen.at(-1)?.head.split(" ", 2) ?? [];
        const [path = ""] = target.split("?", 1);
        for (const reading of readings(path)) expect(`${reading}/`).toStartWith("/tenants/acme/");
      }),
      { numRuns: 300 },
    );
  });

  test("is found out by the readings above", () => {
    for (const path of ["/a/%2e%2e/b", "/a/%252e%252e/b", "/a/%c0%ae%c0%ae/b", "/a/..;/b", "/a/..%5cb"])
      expect(readings(path)).toContain("/b");
  });
});

describe("parameters of a path", () => {
  test("cannot become more than the segment that they stand for", async () => {
    const { gateway, server } = await startBackendWorld(undefined, (origin) => ({
      upstreams: [{ origin, pathPrefix: "", host: null, weight: 1 }],
      routes: [
        { methods: ["GET"], path: "/orders/{id}", rewritePath: "/internal/{id}/public", operation: null },
      ],
    }));
    const texts = ["..", "%2e%2e", "a%2fb", "..%2f..", "a;b", "%c0%ae%c0%ae", "a/b", ""];
    for (const text of texts) expect((await ask(gateway, `GET /shop/orders/${text}`)).status).not.toBe(200);
    expect(server.seen).toEqual([]);
    expect((await ask(gateway, "GET /shop/orders/%7e7%3Fa")).status).toBe(200);
    expect(server.seen[0]?.head).toStartWith("GET /internal/~7%3Fa/public HTTP/1.1\r\n");
  });
});

describe("paths of the gateway itself", () => {
  test.each([
    "/healthz/../v1/models",
    "/healthz/%2e%2e/v1/models",
    "/healthz;/v1/models",
    "/healthz%2f..%2fv1",
    "//healthz",
    "/%68ealthz",
    "/HEALTHZ",
    "/healthz/",
    "/healthz%00",
    "/healthz?/../admin",
    "/readyz/x",
  ])("%s opens nothing without a key", async (path) => {
    const { gateway, server } = await startBackendWorld();
    const { status, body } = await ask({ url: gateway.url, key: "" }, `GET ${path}`);
    // Only the query is different: that is the public path.
    expect([status, body.includes("models")]).toEqual([path.includes("?") ? 200 : 401, false]);
    expect(server.seen).toEqual([]);
  });

  test.each(["/%61dmin/v1/me", "/%70ortal", "/v1beta/x", "/%761/x", "/api/x", "/healthz/x"])(
    "%s is never handed to a backend that was declared below it",
    async (path) => {
      const [, first = ""] = decodeURIComponent(path).split("/");
      const { gateway, server } = await startBackendWorld(undefined, () => ({ basePath: `/${first}` }));
      expect((await ask(gateway, `GET ${path}`)).status).toBe(404);
      expect(server.seen).toEqual([]);
    },
  );
});

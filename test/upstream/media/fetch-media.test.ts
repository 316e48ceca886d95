import { afterAll, describe, expect, test } from "bun:test";
import { fetchMedia, type MediaFetchOptions } from "../../../src/upstream/media/fetch-media.ts";
import { isPublicAddress } from "../../../src/upstream/media/public-address.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3);
const seen: string[] = [];
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request) {
    const { pathname, host, search } = new URL(request.url);
    seen.push(`${host}${pathname}${search}`);
    if (pathname === "/image") return new Response(PNG, { headers: { "content-type": "text/plain" } });
    if (pathname === "/note")
      return new Response("words", { headers: { "content-type": "Text/Plain; charset=utf-8" } });
    if (pathname === "/large") return new Response(new Uint8Array(5_000));
    if (pathname === "/empty") return new Response("");
    if (pathname === "/away") return Response.redirect("/image?x=1", 302);
    if (pathname === "/inside") return Response.redirect("http://169.254.169.254/latest/meta-data", 302);
    if (pathname === "/round") return Response.redirect("/round", 302);
    if (pathname === "/file") return Response.redirect("file:///etc/passwd", 302);
    if (pathname === "/silent") return new Promise<Response>(() => {});
    return new Response("no", { status: 404 });
  },
});
afterAll(() => server.stop(true));

const options = (changes: Partial<MediaFetchOptions> = {}): MediaFetchOptions => ({
  maxBytes: 1_000,
  timeoutMs: 5_000,
  resolve: async (hostname) => (hostname === "pictures.example" ? ["127.0.0.1"] : []),
  isAllowed: (address) => address === "127.0.0.1",
  ...changes,
});
const at = (path: string): string => `http://pictures.example:${server.port}${path}`;

async function failureOf(url: string, changes: Partial<MediaFetchOptions> = {}): Promise<string> {
  try {
    await fetchMedia(url, "messages[0].content[1].image_url.url", options(changes));
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "LK-2111", param: "messages[0].content[1].image_url.url" });
    return (thrown as Error).message;
  }
  throw new Error("it was fetched");
}

describe("a file behind a URL", () => {
  test("is fetched from the address that was looked at, under its own name, with the type that its bytes show", async () => {
    seen.length = 0;
    expect(await fetchMedia(at("/image"), "x", options())).toEqual({
      mediaType: "image/png",
      bytes: Buffer.from(PNG),
    });
    expect(await fetchMedia(at("/note"), "x", options())).toMatchObject({ mediaType: "text/plain" });
    expect(seen).toEqual([`pictures.example:${server.port}/image`, `pictures.example:${server.port}/note`]);
  });

  test("may be redirected, to allowed places only", async () => {
    expect((await fetchMedia(at("/away"), "x", options())).mediaType).toBe("image/png");
    expect(await failureOf(at("/inside"))).toContain("not on the public internet");
    expect(await failureOf(at("/file"))).toContain("no plain http or https URL");
    expect(await failureOf(at("/round"))).toContain("redirected too often");
  });

  test.each([
    "ftp://pictures.example/x",
    "file:///etc/passwd",
    "http://user:pw@pictures.example/",
    "nonsense",
    "data:image/png;base64,AAAA",
  ])("is not fetched from %p", async (url) => {
    expect(await failureOf(url)).toContain("no plain http or https URL");
  });

  test("is not fetched from this machine or its networks, in whatever way they are written", async () => {
    seen.length = 0;
    const { port } = server;
    const hosts = [
      "127.0.0.1",
      "localhost",
      "127.1",
      "2130706433",
      "0x7f.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "0.0.0.0",
      "10.0.0.1",
    ];
    const resolve = async (hostname: string): Promise<readonly string[]> =>
      hostname === "localhost" ? ["127.0.0.1", "::1"] : [];
    for (const host of hosts) {
      expect(
        await failureOf(`http://${host}:${port}/image`, { isAllowed: isPublicAddress, resolve }),
      ).toContain("not on the public internet");
    }
    expect(seen).toEqual([]);
  });

  test("is not fetched where one of several addresses is not allowed", async () => {
    const resolve = async (): Promise<readonly string[]> => ["127.0.0.1", "10.0.0.1"];
    expect(await failureOf(at("/image"), { resolve })).toContain("not on the public internet");
  });

  test("has to be there, not empty, small enough and quick enough", async () => {
    expect(await failureOf(at("/none"))).toContain("status 404");
    expect(await failureOf(at("/empty"))).toContain("empty");
    expect(await failureOf(at("/large"))).toContain("larger than 1000 bytes");
    expect(await failureOf(at("/silent"), { timeoutMs: 50 })).toContain("did not answer");
    expect(await failureOf("http://unknown.example/")).toContain("host is unknown");
    const resolve = (): Promise<readonly string[]> => Promise.reject(new Error("SERVFAIL"));
    expect(await failureOf(at("/image"), { resolve })).toContain("host is unknown");
  });
});

describe("an address", () => {
  test.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "2001:4860:4860::8888"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ...[
      "127.0.0.1",
      "10.9.8.7",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
    ],
    ...[
      "224.0.0.1",
      "255.255.255.255",
      "198.18.0.1",
      "203.0.113.9",
      "::",
      "::1",
      "::ffff:8.8.8.8",
      "fe80::1",
      "fd00::1",
    ],
    ...[
      "2001:db8::1",
      "2002:7f00:1::",
      "64:ff9b::7f00:1",
      "ff02::1",
      "fe80::1%eth0",
      "2606:4700::1111%lo",
      "localhost",
      "",
    ],
  ])("%p is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

import { afterAll, describe, expect, test } from "bun:test";
import { fetchMedia, type MediaFetchOptions } from "../../src/upstream/media/fetch-media.ts";
import { isPublicAddress } from "../../src/upstream/media/public-address.ts";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3);
/** A server of this machine that no caller may reach through the gateway. */
const reached: string[] = [];
const inside = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request) {
    reached.push(request.url);
    return new Response(PNG);
  },
});
afterAll(() => inside.stop(true));

/** A gateway before a vendor that takes pictures as bytes only, so that the gateway fetches them. */
async function start(options: Partial<MediaFetchOptions> = {}) {
  const vendor = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () =>
      Response.json({
        ...{ model: "m", created_at: "2026-11-24T00:00:00Z", done: true, done_reason: "stop" },
        message: { role: "assistant", content: "A cat." },
      }),
  });
  const bounds = { maxBytes: 1_000, timeoutMs: 5_000, resolve: async () => [], ...options };
  const gateway = await startGateway(
    { baseUrls: [`http://127.0.0.1:${vendor.port}`], dialects: ["ollama-chat"] },
    (url, param) => fetchMedia(url, param, bounds),
  );
  afterTest(() => gateway.stop());
  afterTest(() => vendor.stop(true));
  return async (url: string) => {
    const content = [{ type: "image_url", image_url: { url } }];
    const response = await gateway.call("/v1/chat/completions", {
      model: "fast",
      messages: [{ role: "user", content }],
    });
    return { status: response.status, text: await response.text() };
  };
}

const PORT = inside.port;

describe("a picture's URL that leads inside", () => {
  test.each([
    ...["127.0.0.1", "localhost.", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "017700000001"],
    ...["0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1.", "１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1"],
    ...["[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]"],
    ...["[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]", "[ff02::1]"],
    ...["169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]", "2852039166", "0xa9fea9fe"],
    ...["10.0.0.1", "192.168.0.1", "172.16.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1"],
  ])("is not fetched from %s", async (host) => {
    const ask = await start({
      resolve: async (name) => (name.startsWith("localhost") ? ["127.0.0.1"] : []),
    });
    reached.length = 0;
    const { status, text } = await ask(`http://${host}:${PORT}/latest/meta-data/`);
    expect([status, text.includes("LK-2111")]).toEqual([400, true]);
    expect(reached).toEqual([]);
  });

  test.each([
    ["one private address", ["10.0.0.1"]],
    ["a public and a private one", ["93.184.216.34", "10.0.0.1"]],
    ["a private one last of many", [...Array<string>(20).fill("93.184.216.34"), "::1"]],
    ["an address with a zone", ["fe80::1%eth0"]],
    ["a name in an address's place", ["localhost"]],
    ["an IPv4 address in IPv6", ["::ffff:10.0.0.1"]],
  ])("is not fetched where its name has %s", async (_, addresses) => {
    const ask = await start({ resolve: async () => addresses });
    expect(await ask(`http://pictures.example:${PORT}/`)).toMatchObject({ status: 400 });
  });

  test("is looked up once, so that a name cannot lead elsewhere once it was looked at", async () => {
    let lookUps = 0;
    // The first answer is allowed, and is where the picture is; any further one would lead astray.
    const resolve = async (): Promise<readonly string[]> => [lookUps++ === 0 ? "127.0.0.1" : "127.0.0.2"];
    const ask = await start({ resolve, isAllowed: (address) => address === "127.0.0.1" });
    reached.length = 0;
    expect((await ask(`http://pictures.example:${PORT}/a`)).status).toBe(200);
    expect(lookUps).toBe(1);
    expect(reached).toEqual([`http://pictures.example:${PORT}/a`]);
  });

  test("that was allowed once is looked at again for the next request", async () => {
    let address = "127.0.0.1";
    const ask = await start({ resolve: async () => [address], isAllowed: (one) => one === "127.0.0.1" });
    expect((await ask(`http://pictures.example:${PORT}/a`)).status).toBe(200);
    address = "127.0.0.2";
    expect((await ask(`http://pictures.example:${PORT}/a`)).status).toBe(400);
  });

  test.each([
    `http://127.0.0.1:${PORT}/`,
    `http://[::ffff:127.0.0.1]:${PORT}/`,
    `//127.0.0.1:${PORT}/`,
    `http://inside.example:${PORT}/`,
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "gopher://127.0.0.1:25/_HELO",
    `http://user:password@public.example:${PORT}/`,
  ])("is not followed to %s", async (location) => {
    const outside = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => new Response(null, { status: 302, headers: { location } }),
    });
    afterTest(() => outside.stop(true));
    // The outside is this machine as well, so the first address that is looked at counts as public.
    let looks = 0;
    const ask = await start({
      resolve: async (name) => (name === "public.example" ? ["127.0.0.1"] : ["127.0.0.1", "10.0.0.1"]),
      isAllowed: (address) => looks++ === 0 || isPublicAddress(address),
    });
    reached.length = 0;
    const { status, text } = await ask(`http://public.example:${outside.port}/`);
    expect([status, text.includes("LK-2111")]).toEqual([400, true]);
    expect(text).not.toMatch(/127\.0\.0\.1|10\.0\.0\.1|169\.254/);
    expect(reached).toEqual([]);
  });

  test.each([
    "file:///etc/passwd",
    "ftp://a/b",
    "gopher://a",
    "blob:x",
    "http:///etc",
    "//a/b",
    "http://u:p@a/",
  ])("is none of the web: %s", async (url) => {
    const ask = await start();
    expect(await ask(url)).toMatchObject({ status: 400 });
  });
});

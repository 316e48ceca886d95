import { afterAll, describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import {
  sendWebhook,
  type WebhookMessage,
  type WebhookOptions,
} from "../../../src/notify/webhook/send-webhook.ts";
import { signWebhook } from "../../../src/notify/webhook/sign-webhook.ts";

const seen: {
  readonly path: string;
  readonly host: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
}[] = [];
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  async fetch(request) {
    const { pathname, host } = new URL(request.url);
    seen.push({
      path: pathname,
      host,
      method: request.method,
      headers: request.headers,
      body: await request.text(),
    });
    if (pathname === "/away") return Response.redirect("/hook", 307);
    if (pathname === "/inside") return Response.redirect("http://169.254.169.254/latest/meta-data", 302);
    if (pathname === "/refused") return new Response("no", { status: 403 });
    if (pathname === "/broken") return new Response("no", { status: 500 });
    if (pathname === "/silent") return new Promise<Response>(() => {});
    if (pathname === "/large") return new Response(new Uint8Array(5_000_000));
    return new Response(null, { status: 204 });
  },
});
afterAll(() => server.stop(true));

const message = (changes: Partial<WebhookMessage> = {}): WebhookMessage => ({
  url: `http://hooks.example:${server.port}/hook`,
  secret: "a secret of some length",
  allowPrivate: true,
  event: "key.revoked",
  delivery: "dlv_1",
  body: '{"words":"größer"}',
  timeS: 1_800_000_000,
  ...changes,
});
const options = (changes: Partial<WebhookOptions> = {}): WebhookOptions => ({
  timeoutMs: 5_000,
  resolve: async (hostname) => (hostname === "hooks.example" ? ["127.0.0.1"] : []),
  ...changes,
});
const at = (path: string): string => `http://hooks.example:${server.port}${path}`;

async function problemOf(
  changes: Partial<WebhookMessage>,
  others: Partial<WebhookOptions> = {},
): Promise<string> {
  try {
    await sendWebhook(message(changes), options(others));
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "LK-5201" });
    return (thrown as Error).message;
  }
  throw new Error("it was taken");
}

describe("a webhook", () => {
  test("is posted as JSON under its own name, signed over time and body", async () => {
    seen.length = 0;
    await sendWebhook(message(), options());
    const [request] = seen;
    expect(request).toMatchObject({
      path: "/hook",
      host: `hooks.example:${server.port}`,
      method: "POST",
      body: '{"words":"größer"}',
    });
    expect(request?.headers.get("content-type")).toBe("application/json");
    expect(request?.headers.get("latchkey-event")).toBe("key.revoked");
    expect(request?.headers.get("latchkey-delivery")).toBe("dlv_1");
    const mac = createHmac("sha256", "a secret of some length")
      .update('1800000000.{"words":"größer"}')
      .digest("hex");
    expect(request?.headers.get("latchkey-signature")).toBe(`t=1800000000,v1=${mac}`);
  });

  test("was taken whatever and however much the receiver answers with a good status", async () => {
    await sendWebhook(message({ url: at("/large") }), options());
  });

  test("was not taken with any other status", async () => {
    expect(await problemOf({ url: at("/refused") })).toContain("status 403");
    expect(await problemOf({ url: at("/broken") })).toContain("status 500");
  });

  test("does not follow redirects, wherever they lead", async () => {
    seen.length = 0;
    expect(await problemOf({ url: at("/away") })).toContain("redirects");
    expect(await problemOf({ url: at("/inside") })).toContain("redirects");
    expect(seen.map(({ path }) => path)).toEqual(["/away", "/inside"]);
  });

  test("is not sent without a secret, or with one that anybody can guess at once", async () => {
    seen.length = 0;
    for (const secret of ["", " ", "\n"]) expect(await problemOf({ secret })).toContain("secret is empty");
    expect(() => signWebhook("", "{}", 1)).toThrow("empty");
    expect(seen).toEqual([]);
  });

  test("has another signature with another secret, body or time", () => {
    const all = [
      signWebhook("one", "{}", 1),
      signWebhook("two", "{}", 1),
      signWebhook("one", "{ }", 1),
      signWebhook("one", "{}", 2),
    ];
    expect(new Set(all.map((text) => text.split("v1=")[1])).size).toBe(4);
  });

  test("has to be taken in time, and its host to be found in time", async () => {
    expect(await problemOf({ url: at("/silent") }, { timeoutMs: 50 })).toContain("did not answer");
    const resolve = (): Promise<never> => new Promise(() => {});
    expect(await problemOf({}, { resolve, timeoutMs: 50 })).toContain("host is unknown");
  });

  test("cannot begin a header of its own by its event or delivery", async () => {
    seen.length = 0;
    for (const changes of [{ event: "key.revoked\r\nhost: evil.example" }, { delivery: "a\nb: c" }]) {
      await expect(sendWebhook(message(changes), options())).rejects.toThrow();
    }
    expect(seen).toEqual([]);
  });
});

describe("a webhook that may not be private", () => {
  const guarded = { allowPrivate: false };

  test.each([
    "127.0.0.1",
    "localhost",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[::ffff:127.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "metadata.example",
    "mapped.example",
    "mixed.example",
    "127.0.0.1.",
  ])("never calls %s", async (host) => {
    seen.length = 0;
    const names: Readonly<Record<string, readonly string[]>> = {
      localhost: ["::1", "127.0.0.1"],
      "metadata.example": ["169.254.169.254"],
      "mapped.example": ["::ffff:127.0.0.1"],
      "mixed.example": ["8.8.8.8", "127.0.0.1"],
      "127.0.0.1.": ["127.0.0.1"],
    };
    const resolve = async (hostname: string): Promise<readonly string[]> => names[hostname] ?? [];
    const problem = await problemOf({ ...guarded, url: `http://${host}:${server.port}/hook` }, { resolve });
    expect(problem).toBe("The webhook could not be called: its host is not on the public internet.");
    expect(seen).toEqual([]);
  });

  test("is looked up once, so that a name cannot lead elsewhere once it was checked", async () => {
    seen.length = 0;
    const answers = [["192.0.2.1"], ["127.0.0.1"]];
    let lookUps = 0;
    const resolve = async (): Promise<readonly string[]> => answers[lookUps++] ?? [];
    // The first answer is a private address for a guarded webhook, and refused; a second look would have been let through here.
    expect(await problemOf(guarded, { resolve })).toContain("not on the public internet");
    expect(lookUps).toBe(1);
    lookUps = 0;
    const changing = async (): Promise<readonly string[]> =>
      lookUps++ === 0 ? ["127.0.0.1"] : ["192.0.2.1"];
    await sendWebhook(message(), options({ resolve: changing }));
    expect(lookUps).toBe(1);
    expect(seen).toHaveLength(1);
  });

  test.each([
    "ftp://hooks.example/",
    "file:///etc/passwd",
    "http://user:password@hooks.example/",
    "nonsense",
    "javascript:alert(1)",
    "",
  ])("is not sent to %p", async (url) => {
    expect(await problemOf({ url })).toContain("no plain http or https URL");
  });
});

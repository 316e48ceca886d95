import { expect, test } from "bun:test";
import { ask, startBackendWorld } from "./support/ask.ts";

const page = "<script>fetch('/admin/v1/me')</script>";
const html = (...lines: readonly string[]): string =>
  ["HTTP/1.1 200 OK", "content-type: text/html", ...lines, `content-length: ${page.length}`, "", page].join(
    "\r\n",
  );
const policies = (head: string): readonly string[] =>
  [...head.matchAll(/^content-security-policy: (.*)\r$/gm)].map(([, value = ""]) => value);

test("a page of a backend does not act on the gateway's host as whoever opens it", async () => {
  const { gateway } = await startBackendWorld(({ send }) => send(html()));
  // As a link that somebody is sent: the key is the sender's.
  const { head, body } = await ask({ url: gateway.url, key: "" }, `GET /shop/page?key=${gateway.key}`);
  expect(body).toBe(page);
  expect(policies(head)).toEqual(["sandbox"]);
});

test("a backend's own policy holds beside that, and cannot loosen it", async () => {
  const { gateway } = await startBackendWorld(({ send }) =>
    send(html("content-security-policy: sandbox allow-same-origin allow-scripts")),
  );
  const { head } = await ask(gateway, "GET /shop/page");
  expect(policies(head)).toEqual(["sandbox", "sandbox allow-same-origin allow-scripts"]);
});

test("a policy of the config takes the place of both", async () => {
  const { gateway } = await startBackendWorld(
    ({ send }) => send(html("content-security-policy: default-src *")),
    () => ({ responseHeaders: { set: [["Content-Security-Policy", "default-src 'none'"]], remove: [] } }),
  );
  expect(policies((await ask(gateway, "GET /shop/page")).head)).toEqual(["default-src 'none'"]);
});

test.each([
  "latchkey=forged",
  "__Host-latchkey=forged; Secure; Path=/",
  "__Secure-latchkey=forged",
  " LATCHKEY = forged",
  // Without a name; some browsers send it as the pair that its value is.
  "=latchkey=forged",
  "==__Host-latchkey=forged",
  "latchkey",
])("a backend cannot plant a cookie of the gateway's own pages: %s", async (cookie) => {
  const { gateway } = await startBackendWorld(({ send }) =>
    send(html(`set-cookie: ${cookie}`, "set-cookie: a=1")),
  );
  const { head } = await ask(gateway, "GET /shop/page");
  expect([...head.matchAll(/^set-cookie: (.*)\r$/gm)].map(([, value]) => value)).toEqual(["a=1"]);
});

test("a backend never sees the cookie of whoever is signed in", async () => {
  const { gateway, server } = await startBackendWorld(({ send }) => send(html()));
  await ask(gateway, "GET /shop/page", ["cookie: a=1; __Host-latchkey=session; =latchkey=session; b=2"]);
  expect(server.seen[0]?.headers["cookie"]).toBe("a=1; b=2");
});

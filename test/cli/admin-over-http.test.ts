import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdminClient } from "../../src/admin/client.ts";
import { setCurrentArtifact, writeArtifact } from "../../src/artifact/write.ts";
import { type ServedGateway, serveGateway } from "../../src/cli/serve/serve-gateway.ts";
import { stateFiles } from "../../src/cli/wire.ts";
import { compile } from "../../src/compiler/compile.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { writeConfig } from "./support/project.ts";
import { run } from "./support/test-io.ts";

setDefaultTimeout(60_000);

const heard: { readonly event: string; readonly signature: string | null }[] = [];
const waiting: (() => void)[] = [];
const receiver = Bun.serve({
  ...{ port: 0, hostname: "127.0.0.1" },
  async fetch(request) {
    const { event } = (await request.json()) as { event: string };
    heard.push({ event, signature: request.headers.get("latchkey-signature") });
    for (const wake of waiting.splice(0)) wake();
    return new Response();
  },
});

const config = `import { app, approval, defineGateway, demo, env, model, service, tenant, webhook } from "latchkey/config";
const local = demo();
const echo = model({ targets: [local("echo")] });
const platform = tenant({ members: { "olga@example.com": "owner" } });
const texts = service({ owner: platform, offers: [echo], visibility: "everyone", approval: approval.by("owner", { within: "7d" }) });
const shop = tenant({ members: { "dev@example.com": "developer", "ada@example.com": "admin" }, apps: { checkout: app({}) } });
const bank = tenant({ members: { "eve@example.com": "owner" }, apps: { checkout: app({}) } });
export default defineGateway({
  providers: { local }, models: { echo }, services: { texts }, tenants: { platform, shop, bank },
  operators: ["root@example.com"],
  webhooks: { chat: webhook({ url: "http://127.0.0.1:${receiver.port}/", secret: env("ADMIN_HOOK_SECRET"), allowPrivate: true, events: ["subscription.*", "key.*"] }) },
});
`;

let root: string;
let gateway: ServedGateway;
beforeAll(async () => {
  process.env["ADMIN_HOOK_SECRET"] = "a secret of at least 32 characters";
  root = mkdtempSync(join(tmpdir(), "latchkey-admin-"));
  writeConfig(root, config);
  const { artifact, hash, functions, diagnostics } = await compile({
    configFile: join(root, "gateway.config.ts"),
  });
  if (artifact === null || hash === null) throw new Error(JSON.stringify(diagnostics));
  writeArtifact(stateFiles(root).directory, { artifact, hash, functions });
  setCurrentArtifact(stateFiles(root).directory, hash);
  gateway = await serveGateway({
    ...{ root, hash, port: 0, hostname: "127.0.0.1", threads: 2 },
    ...{ logLevel: "silent", pretty: false, clock: systemClock },
  });
});
afterAll(async () => {
  await gateway.stop(1_000);
  await receiver.stop(true);
  rmSync(root, { recursive: true, force: true });
  delete process.env["ADMIN_HOOK_SECRET"];
});

/** Signs in as a person does on a laptop, and makes an access token as the session's member. */
async function client(address: string) {
  const { out, code } = await run(["sign-in", address, "--url", gateway.url], { cwd: root });
  expect(code).toBe(0);
  const link = new URL(out.trim());
  const page = await fetch(link);
  const text = await page.text();
  const redeemed = await fetch(`${gateway.url}/admin/sign-in/link`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: gateway.url },
    body: new URLSearchParams({ token: link.searchParams.get("token") ?? "" }),
    redirect: "manual",
  });
  expect([page.status, redeemed.status, text.includes("<form")]).toEqual([200, 303, true]);
  const cookie = redeemed.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const session = createAdminClient({
    baseUrl: gateway.url,
    csrf: () => csrf,
    fetch: (url, init) =>
      fetch(url, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), cookie, origin: gateway.url },
      }),
  });
  let csrf: string | null = null;
  csrf = (await session.me.get()).csrf;
  const token = await session.tokens.create({ body: { name: "test", permissions: null, expiresAtMs: null } });
  return createAdminClient({ baseUrl: gateway.url, token: token.text ?? "" });
}

/** Asks often enough, on connections of their own, that every thread is asked. */
async function statuses(key: string): Promise<readonly number[]> {
  const asked = Array.from({ length: 12 }, () =>
    fetch(`${gateway.url}/v1/models/echo`, {
      headers: { authorization: `Bearer ${key}`, connection: "close" },
    }),
  );
  return [...new Set((await Promise.all(asked)).map(({ status }) => status))];
}

async function hears(event: string): Promise<void> {
  while (!heard.some((one) => one.event === event)) await new Promise<void>((wake) => waiting.push(wake));
}

describe("the admin API of a running gateway", () => {
  test("takes an application from asking for a service to calling it, and away from it again", async () => {
    const [dev, owner, stranger] = await Promise.all([
      client("dev@example.com"),
      client("olga@example.com"),
      client("eve@example.com"),
    ]);
    const shop = { tenant: "shop" };
    const { text, key } = await dev.keys.create({
      params: shop,
      body: { app: "checkout", name: "web", environment: "live", expiresAtMs: null },
    });
    expect(await statuses(text ?? "")).toEqual([404]);

    const asked = await dev.subscriptions.request({
      params: shop,
      body: { app: "checkout", service: "texts", purpose: "greetings" },
    });
    expect(asked.state).toBe("requested");
    expect(await statuses(text ?? "")).toEqual([403]);
    await hears("subscription.requested");

    const id = { tenant: "bank", id: asked.id };
    expect(stranger.subscriptions.get({ params: id })).rejects.toMatchObject({
      status: 404,
      code: "LK-2020",
    });
    expect(dev.approvals.approve({ params: { tenant: "platform", id: asked.id } })).rejects.toMatchObject({
      status: 404,
    });
    const approved = await owner.approvals.approve({ params: { tenant: "platform", id: asked.id } });
    expect(approved.state).toBe("approved");
    expect(await statuses(text ?? "")).toEqual([200]);

    await dev.keys.revoke({ params: { ...shop, id: key.id } });
    expect(await statuses(text ?? "")).toEqual([401]);
    await hears("subscription.approved");
    expect(heard.every(({ signature }) => /^t=\d+,v1=[0-9a-f]{64}$/.test(signature ?? ""))).toBe(true);
  });

  test("leads from the link of a refusal to the subscription, by way of signing in", async () => {
    const path = "/portal/subscriptions/some-id";
    const answer = await fetch(gateway.url + path, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/admin/sign-in"]);
    expect((await fetch(`${gateway.url}/portal/elsewhere`, { redirect: "manual" })).status).toBe(401);
    const posted = await fetch(gateway.url + path, { method: "POST", redirect: "manual" });
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  test("answers nobody who is not signed in, and keeps what it says out of caches", async () => {
    const paths = [
      "/admin",
      "/admin/v1/me",
      "/admin/v1/openapi.json",
      "/admin/v1/tenants/shop/keys",
      "/admin/nothing",
    ];
    for (const path of paths) {
      const answer = await fetch(gateway.url + path);
      expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([path, 401, "no-store"]);
    }
  });

  test("leaves an audit log that holds", async () => {
    const root_ = await client("root@example.com");
    const verified = await root_.audit.verify();
    expect(verified).toMatchObject({ broken: null });
    const { items } = await root_.audit.list({ params: { tenant: "platform" } });
    expect(items.map(({ action }) => action)).toContain("subscription.approve");
    expect(JSON.stringify(items)).not.toContain("lk_live_");
  });
});

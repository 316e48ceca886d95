import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { generateApiKey, parseApiKey } from "../../src/kernel/api-key.ts";
import { checksum } from "../../src/kernel/checked-text.ts";
import { digestOf } from "../../src/kernel/hash.ts";
import { newKey } from "../stores/conformance/samples.ts";
import { afterTest } from "../support/after-test.ts";
import { decisionsOf } from "../support/decisions-of.ts";
import { type GatewayFixture, type GatewayFixtureOptions, startGateway } from "../support/gateway-fixture.ts";
import { ask } from "./support/ask.ts";

async function gatewayWith(options: Partial<GatewayFixtureOptions> = {}): Promise<GatewayFixture> {
  const gateway = await startGateway({ baseUrls: ["http://127.0.0.1:9"], ...options });
  afterTest(() => gateway.stop());
  return gateway;
}

const SECRET_LENGTH = 49;

/** A key with the same public part and another secret, whose checksum is right. */
function sibling(key: string, secret: string): string {
  const body = key.slice(0, -SECRET_LENGTH) + secret;
  return body + checksum(body);
}

const secretOf = (key: string): string => key.slice(-SECRET_LENGTH, -6);

const status = async (gateway: GatewayFixture, key: string): Promise<number> =>
  (await ask({ url: gateway.url, key }, "GET /v1/models")).status;

describe("keys that look alike", () => {
  test("share everything but the last character of the secret, and nothing else", async () => {
    const gateway = await gatewayWith();
    const secret = secretOf(gateway.key);
    const last = secret.endsWith("a") ? "b" : "a";
    const forged = sibling(gateway.key, secret.slice(0, -1) + last);
    expect(parseApiKey(forged)).toEqual(parseApiKey(gateway.key));
    expect(await status(gateway, gateway.key)).toBe(200);
    expect(await status(gateway, forged)).toBe(401);
  });

  test("with one public part are each its own application's", async () => {
    const first = generateApiKey("live");
    const second = sibling(first, secretOf(generateApiKey("live")));
    const gateway = await gatewayWith({
      extend: (artifact) => ({
        ...artifact,
        tenants: ["acme", "bolt"].flatMap((name) => artifact.tenants.map((tenant) => ({ ...tenant, name }))),
        apps: [0, 1].flatMap((tenant) => artifact.apps.map((app) => ({ ...app, tenant }))),
        keys: [first, second].flatMap((text, app) =>
          artifact.keys.map((key) => ({ ...key, app, digest: digestOf(text) })),
        ),
      }),
    });
    expect([await status(gateway, first), await status(gateway, second)]).toEqual([200, 200]);
    expect(gateway.rows.map(({ tenant }) => tenant)).toEqual(["acme", "bolt"]);
  });

  test.each([1, 8, 32, 63])(
    "whose digests differ in character %i alone are different keys",
    async (place) => {
      const gateway = await gatewayWith({
        extend: (artifact) => ({
          ...artifact,
          keys: artifact.keys.map(({ digest, ...key }) => ({ ...key, digest: nearlyAs(digest, place) })),
        }),
      });
      expect(await status(gateway, gateway.key)).toBe(401);
    },
  );

  test.each([
    ["a prefix", (key: string) => key.slice(0, -7)],
    ["the public part", (key: string) => key.slice(0, -SECRET_LENGTH)],
    ["more at its end", (key: string) => `${key}a`],
    ["itself twice", (key: string) => key + key],
    ["a space inside", (key: string) => `${key.slice(0, 10)} ${key.slice(10)}`],
    ["capitals", (key: string) => key.toUpperCase()],
    ["its digest", (key: string) => digestOf(key)],
    ["its digest without a prefix", (key: string) => digestOf(key).replace("sha256:", "")],
    ["another environment", (key: string) => key.replace("lk_test", "lk_live")],
    ["another list", (key: string) => `["${key}"]`],
    ["a wild card", (key: string) => `${key.slice(0, 20)}%`],
    ["a zero at its end", (key: string) => `${key}%00`],
  ])("in form of %s open nothing", async (_, change) => {
    const gateway = await gatewayWith();
    expect(await status(gateway, change(gateway.key))).toBe(401);
  });

  test("with any character changed open nothing", async () => {
    const gateway = await gatewayWith();
    const { key } = gateway;
    const character = fc.constantFrom(..."abcXYZ019_-.%'\"".split(""));
    await fc.assert(
      fc.asyncProperty(fc.nat(key.length - 1), character, async (at, put) => {
        const changed = key.slice(0, at) + put + key.slice(at + 1);
        expect(await status(gateway, changed)).toBe(changed === key ? 200 : 401);
      }),
      { numRuns: 150 },
    );
  });
});

describe("what a stranger is told of a key", () => {
  test("is the same of one that never was, is over, was revoked, or is another's by all but its end", async () => {
    const revoked = generateApiKey("live");
    const body = { digest: digestOf(revoked), state: "revoked" as const };
    const options = { decisions: decisionsOf([newKey(parseApiKey(revoked)?.publicId ?? "", "acme", body)]) };
    const over = await gatewayWith({
      ...options,
      extend: (artifact) => ({ ...artifact, keys: artifact.keys.map((key) => ({ ...key, expiresAtMs: 1 })) }),
    });
    const texts = [over.key, revoked, generateApiKey("live"), "lk_nonsense", "'; DROP TABLE keys; --"];
    const answers = await Promise.all(texts.map((key) => ask({ url: over.url, key }, "GET /v1/models")));
    const told = answers.map(({ status: code, head, body: text }) => [
      code,
      text,
      head.replaceAll(/(?:x-request-id|date): .*/g, ""),
    ]);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]?.[0]).toBe(401);
  });

  test("never repeats the key, nor does the call log", async () => {
    const gateway = await gatewayWith();
    const forged = sibling(gateway.key, "a".repeat(43));
    for (const key of [gateway.key, forged, `${gateway.key}x`]) {
      const { head, body } = await ask({ url: gateway.url, key }, `GET /v1/nothing?key=${key}`);
      expect(head + body).not.toContain(key);
      expect(head + body).not.toContain(secretOf(key));
    }
    expect(JSON.stringify(gateway.rows)).not.toContain(secretOf(gateway.key));
    expect(JSON.stringify(gateway.rows)).not.toContain("a".repeat(43));
  });
});

function nearlyAs(digest: string, place: number): string {
  const at = "sha256:".length + place;
  return digest.slice(0, at) + (digest[at] === "0" ? "1" : "0") + digest.slice(at + 1);
}

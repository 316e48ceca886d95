import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import { googleExchange, readServiceAccount } from "../../../src/providers/auth/google-token.ts";
import { TokenSource } from "../../../src/providers/auth/token-source.ts";
import { UnusableCredential } from "../../../src/providers/auth/unusable-credential.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

interface Asked {
  readonly grant: string | null;
  readonly claims: Record<string, unknown>;
  readonly isSigned: boolean;
}

let asked: Asked[] = [];
let answer: () => Response = () =>
  Response.json({ access_token: `token-${asked.length}`, expires_in: 3_600 });
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  async fetch(request) {
    const form = new URLSearchParams(await request.text());
    const [head = "", body = "", signature = ""] = (form.get("assertion") ?? "").split(".");
    const isSigned = createVerify("RSA-SHA256")
      .update(`${head}.${body}`)
      .verify(createPublicKey(publicKey), signature, "base64url");
    asked.push({
      grant: form.get("grant_type"),
      claims: JSON.parse(Buffer.from(body, "base64url").toString()),
      isSigned,
    });
    return answer();
  },
});
afterAll(() => server.stop(true));

const tokenUri = `http://127.0.0.1:${server.port}/token`;
const key = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    type: "service_account",
    client_email: "gateway@project.example",
    private_key: privateKey,
    token_uri: tokenUri,
    ...changes,
  });

let now = 1_700_000_000_000;
const clock = { now: () => now, monotonic: () => now };
const source = () => new TokenSource(googleExchange(readServiceAccount(key())), clock);

beforeEach(() => {
  asked = [];
  answer = () => Response.json({ access_token: `token-${asked.length}`, expires_in: 3_600 });
});

describe("a token", () => {
  test("is asked for once, with a signed assertion, and kept", async () => {
    const tokens = source();
    expect(await Promise.all([tokens.get(), tokens.get()])).toEqual(["token-1", "token-1"]);
    expect(tokens.get()).toBe("token-1");
    expect(asked).toEqual([
      {
        grant: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        isSigned: true,
        claims: {
          iss: "gateway@project.example",
          scope: "https://www.googleapis.com/auth/cloud-platform",
          aud: tokenUri,
          iat: now / 1_000,
          exp: now / 1_000 + 3_600,
        },
      },
    ]);
  });

  test("is replaced before it ends, and serves until the next one is there", async () => {
    const tokens = source();
    await tokens.get();
    now += 56 * 60_000;
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = () => {
      resolve();
      return Response.json({ access_token: "next", expires_in: 3_600 });
    };
    expect(tokens.get()).toBe("token-1");
    await promise;
    while (tokens.get() !== "next") await new Promise((turn) => setImmediate(turn));
    expect(asked).toHaveLength(2);
  });

  test("that has ended is not used, also when no new one is to be had", async () => {
    const tokens = source();
    await tokens.get();
    now += 3_600_000;
    answer = () => Response.json({ error: "invalid_grant" }, { status: 400 });
    expect(async () => tokens.get()).toThrow(
      expect.objectContaining({ code: "LK-3010", internal: expect.stringContaining("invalid_grant") }),
    );
    answer = () => new Response("busy", { status: 503 });
    expect(async () => tokens.get()).toThrow(expect.objectContaining({ code: "LK-3002" }));
  });
});

describe("a service account", () => {
  test.each([
    ...["", "null", "[]", "{}", key({ private_key: "secret words" }), key({ client_email: 7 })],
    ...[key({ token_uri: "secret words" }), key({ token_uri: "ftp://example.org" })],
  ])("is not read from case %#", (json) => {
    expect(() => readServiceAccount(json)).toThrow(UnusableCredential);
    expect(() => readServiceAccount(json)).toThrow(/of its Google credentials|its Google credentials are/);
    expect(() => readServiceAccount(json)).not.toThrow(/secret words/);
  });
});

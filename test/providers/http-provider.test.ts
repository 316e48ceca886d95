import { afterAll, describe, expect, test } from "bun:test";
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import type { ArtifactProvider } from "../../src/artifact/artifact.ts";
import { LatchkeyError } from "../../src/kernel/error.ts";
import type { SecretRef } from "../../src/kernel/secret.ts";
import { createHttpDriver } from "../../src/providers/http-provider.ts";
import type { ProviderConnection } from "../../src/providers/provider.ts";

const ref = (name: string): SecretRef & { kind: "secret" } => ({ kind: "secret", source: "env", name });
const provider = (change: Partial<ArtifactProvider> = {}): ArtifactProvider => ({
  name: "box",
  type: "openai-compatible",
  baseUrl: "https://models.example/v1",
  query: null,
  apis: {},
  auth: { kind: "bearer", token: ref("KEY") },
  headers: [],
  maxConnections: 4,
  streamUsage: true,
  timeouts: { connectMs: 1, firstTokenMs: 1, idleMs: 1, totalMs: 1 },
  region: null,
  tags: [],
  ...change,
});

let now = 1_700_000_000_000;
const driver = createHttpDriver({ clock: { now: () => now, monotonic: () => now } });
const opened: ProviderConnection[] = [];
afterAll(() => {
  for (const { upstream } of opened) upstream.close();
});

function open(
  change: Partial<ArtifactProvider> = {},
  secrets: Record<string, string> = {},
): ProviderConnection {
  const values: Record<string, string> = { KEY: "sk-key", ...secrets };
  const opening = driver.open(provider(change), { resolveSecret: ({ name }) => values[name] });
  if (!opening.ok) throw new Error(`missing ${opening.missing.map(({ name }) => name)}`);
  opened.push(opening.connection);
  return opening.connection;
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "none";
  } catch (thrown) {
    return thrown instanceof LatchkeyError ? thrown.code : String(thrown);
  }
}

const lines = (head: string): readonly string[] => head.split("\r\n").slice(0, -1);

describe("a head", () => {
  test("has the type of the body that the request says, and none for what has no body", () => {
    const { head } = open();
    expect(
      lines(head({ path: "/audio/transcriptions", contentType: "multipart/form-data; boundary=x" })),
    ).toContain("content-type: multipart/form-data; boundary=x");
    const list = head({ method: "GET", path: "/models" });
    expect(list).toStartWith("GET /v1/models HTTP/1.1\r\nhost: models.example\r\n");
    expect(list).not.toContain("content-type");
  });

  test("ends its path with the provider's query, after one of its own", () => {
    const { head } = open({ query: "api-version=preview" });
    expect(head({ path: "/responses" })).toStartWith("POST /v1/responses?api-version=preview HTTP/1.1\r\n");
    expect(head({ path: "/x:stream?alt=sse" })).toStartWith(
      "POST /v1/x:stream?alt=sse&api-version=preview HTTP",
    );
  });

  test("lets a request replace headers, but not the credential", () => {
    const { head } = open(
      {
        headers: [
          ["anthropic-version", "2023-06-01"],
          ["x-team", ref("TEAM")],
        ],
        auth: { kind: "header", name: "X-Api-Key", value: ref("KEY") },
      },
      { TEAM: "texts" },
    );
    const sent = lines(
      head({
        path: "/messages",
        headers: [
          ["Anthropic-Version", "2026-10-21"],
          ["accept", "audio/mpeg"],
          ["X-API-KEY", "of a caller"],
        ],
      }),
    );
    expect(sent.filter((line) => /^(?:anthropic|x-|accept:)/.test(line)).sort()).toEqual([
      "accept: audio/mpeg",
      "anthropic-version: 2026-10-21",
      "x-api-key: sk-key",
      "x-team: texts",
    ]);
  });

  test("is never more than one request, whatever path and headers are asked for", () => {
    const { head } = open();
    const text = fc.oneof(fc.string(), fc.constantFrom("\r\nx: y", "a b", "?#", "é", "\0"));
    fc.assert(
      fc.property(text, text, text, (path, name, value) => {
        let made: string;
        try {
          made = head({ path: `/${path}`, headers: [[name, value]] });
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(LatchkeyError);
          return;
        }
        expect(made.split("\r\n").filter((line) => line.includes("HTTP/1.1")).length).toBe(1);
        expect(made).toEndWith("\r\n");
        expect(made).not.toContain("\r\n\r\n");
        expect(made).toContain("authorization: Bearer sk-key\r\n");
      }),
    );
  });
});

describe("opening", () => {
  test("fails at once with values that no header can carry, and does not show them", () => {
    const bad = "sk-bad\r\nx-injected: 1";
    const aws = {
      kind: "aws-sigv4" as const,
      service: "bedrock",
      region: "eu-central-1",
      accessKeyId: ref("KEY"),
      secretAccessKey: ref("OTHER"),
      sessionToken: null,
    };
    expect(codeOf(() => open({}, { KEY: bad }))).toBe("LK-6001");
    expect(codeOf(() => open({ auth: aws }, { KEY: bad, OTHER: "x" }))).toBe("LK-6001");
    expect(() => open({}, { KEY: bad })).not.toThrow(/injected/);
  });

  test("tells why a credential that is none cannot be used, and does not show it", () => {
    const entra = {
      ...{ kind: "azure-entra" as const, authority: "https://login.example", scope: "all" },
      ...{ tenantId: ref("KEY"), clientId: ref("OTHER"), clientSecret: ref("OTHER") },
    };
    for (const [auth, reason] of [
      [
        { kind: "google-service-account" as const, credentials: ref("KEY") },
        "its Google credentials are not the JSON key of a service account",
      ],
      [entra, "its tenantId is neither the id of a tenant nor one of its domains"],
    ] as const) {
      const opening = driver.open(provider({ auth }), { resolveSecret: () => "{secret words}" });
      expect(opening).toEqual({ ok: false, missing: [], reason });
    }
  });

  test("tells every missing secret, those of headers as well", () => {
    const headers: ArtifactProvider["headers"] = [["x-other", ref("OTHER")]];
    for (const auth of [
      { kind: "bearer" as const, token: ref("KEY") },
      { kind: "google-service-account" as const, credentials: ref("KEY") },
    ]) {
      const opening = driver.open(provider({ auth, headers }), { resolveSecret: () => undefined });
      expect(opening.ok ? [] : opening.missing.map(({ name }) => name).sort()).toEqual(["KEY", "OTHER"]);
    }
  });
});

describe("a Google service account", () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  let asked = 0;
  let token: unknown = "ya29.token";
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch() {
      asked++;
      return Response.json({ access_token: token, expires_in: 3_600 });
    },
  });
  afterAll(() => server.stop(true));
  const key = JSON.stringify({
    client_email: "gateway@project.example",
    private_key: privateKey,
    token_uri: `http://127.0.0.1:${server.port}/token`,
  });
  const auth = { kind: "google-service-account" as const, credentials: ref("KEY") };

  test("completes heads with a token, which is asked for once and known at once from then on", async () => {
    const { head, authorize } = open({ auth }, { KEY: key });
    const bare = head({ path: "/models/x:generateContent" });
    expect(bare).not.toContain("authorization");
    const body = new Uint8Array();
    const both = await Promise.all([authorize?.(bare, body), authorize?.(bare, body)]);
    expect(both).toEqual([
      `${bare}authorization: Bearer ya29.token\r\n`,
      `${bare}authorization: Bearer ya29.token\r\n`,
    ]);
    expect(authorize?.(bare, body)).toBe(`${bare}authorization: Bearer ya29.token\r\n`);
    expect(asked).toBe(1);
    now += 3_600_000;
    token = "ya29.next";
    expect(await authorize?.(bare, body)).toEndWith("Bearer ya29.next\r\n");
  });

  test("is refused where the token could begin a header of its own", async () => {
    token = "ya29\r\nx-injected: 1";
    const { head, authorize } = open({ auth }, { KEY: key });
    const outcome = await Promise.resolve(authorize?.(head({ path: "/x" }), new Uint8Array())).catch(
      (thrown: unknown) => thrown,
    );
    expect(outcome).toMatchObject({ code: "LK-3010" });
  });
});

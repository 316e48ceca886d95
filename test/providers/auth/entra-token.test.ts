import { afterAll, beforeEach, describe, expect, test } from "bun:test";
import { entraExchange } from "../../../src/providers/auth/entra-token.ts";
import { TokenSource } from "../../../src/providers/auth/token-source.ts";
import { UnusableCredential } from "../../../src/providers/auth/unusable-credential.ts";
import { createHttpDriver } from "../../../src/providers/http-provider.ts";
import { artifactFixture } from "../../support/artifact-fixture.ts";

const tenantId = "11111111-2222-3333-4444-555555555555";
const scope = "https://cognitiveservices.azure.com/.default";

interface Asked {
  readonly path: string;
  readonly type: string | null;
  readonly form: Readonly<Record<string, string>>;
}

let asked: Asked[] = [];
const usual = () =>
  Response.json({ token_type: "Bearer", access_token: `token-${asked.length}`, expires_in: 3_599 });
let answer: () => Response | Promise<Response> = usual;
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  async fetch(request) {
    const form = Object.fromEntries(new URLSearchParams(await request.text()));
    asked.push({ path: new URL(request.url).pathname, type: request.headers.get("content-type"), form });
    return await answer();
  },
});
afterAll(() => server.stop(true));
const authority = `http://127.0.0.1:${server.port}`;

let now = 1_700_000_000_000;
const clock = { now: () => now, monotonic: () => now };
const application = { authority, scope, tenantId, clientId: "client", clientSecret: "s&cret=words" };
const source = () => new TokenSource(entraExchange(application), clock);

beforeEach(() => {
  asked = [];
  answer = usual;
});

describe("a token of an application", () => {
  test("is asked for once by all who wait for it, and kept", async () => {
    const tokens = source();
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual([
      "token-1",
      "token-1",
      "token-1",
    ]);
    expect(tokens.get()).toBe("token-1");
    expect(asked).toEqual([
      {
        path: `/${tenantId}/oauth2/v2.0/token`,
        type: "application/x-www-form-urlencoded",
        form: {
          grant_type: "client_credentials",
          client_id: "client",
          client_secret: "s&cret=words",
          scope,
        },
      },
    ]);
  });

  test("is replaced before it ends, and serves until the next one is there", async () => {
    const tokens = source();
    await tokens.get();
    now += 50 * 60_000;
    expect(tokens.get()).toBe("token-1");
    expect(asked).toHaveLength(1);
    now += 6 * 60_000;
    expect(tokens.get()).toBe("token-1");
    while (tokens.get() !== "token-2") await new Promise((turn) => setImmediate(turn));
    expect(asked).toHaveLength(2);
  });

  test("that cannot be replaced serves to its end, and is asked for again after a while", async () => {
    const tokens = source();
    await tokens.get();
    now += 56 * 60_000;
    const refused = Promise.withResolvers<void>();
    answer = () => {
      refused.resolve();
      return new Response("busy", { status: 503 });
    };
    expect(tokens.get()).toBe("token-1");
    await refused.promise;
    expect(tokens.get()).toBe("token-1");
    now += 5_000;
    answer = usual;
    while (tokens.get() === "token-1") await new Promise((turn) => setImmediate(turn));
    expect(await tokens.get()).toBe("token-3");
  });

  test.each([
    [
      () => Response.json({ error: "invalid_client", error_description: "s&cret=words" }, { status: 401 }),
      "LK-3010",
    ],
    [() => Response.json({ error: "unauthorized_client" }, { status: 400 }), "LK-3010"],
    [() => Response.json({ access_token: "a\r\nx-injected: 1" }), "LK-3010"],
    [() => new Response("<html>"), "LK-3010"],
    [() => new Response(null, { status: 302, headers: { location: "http://127.0.0.1:1/" } }), "LK-3010"],
    [() => new Response("slow down", { status: 429 }), "LK-3002"],
    [() => new Response("x".repeat(300_000)), "LK-3002"],
  ] as const)("is not had in case %#, and the secret is not told", async (given, code) => {
    answer = given;
    const thrown = await Promise.resolve(source().get()).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code, internal: expect.stringContaining("Microsoft Entra ID") });
    expect(JSON.stringify(thrown)).not.toContain("cret=words");
  });

  test("is not had where nobody listens", async () => {
    const tokens = new TokenSource(entraExchange({ ...application, authority: "http://127.0.0.1:1" }), clock);
    expect(await Promise.resolve(tokens.get()).catch((error: unknown) => error)).toMatchObject({
      code: "LK-3002",
    });
  });
});

test("a tenant is an id or a domain", () => {
  expect(entraExchange({ ...application, tenantId: "contoso.onmicrosoft.com" }).url).toContain(
    "/contoso.onmicrosoft.com/",
  );
  for (const wrong of ["", "..", "a/b", "a?b", "a b", "a\r\nb"])
    expect(() => entraExchange({ ...application, tenantId: wrong })).toThrow(UnusableCredential);
});

test("a provider with an application sends its token with every call, and no key", async () => {
  const ref = (name: string) => ({ kind: "secret" as const, source: "env" as const, name });
  const auth = {
    ...{ kind: "azure-entra" as const, authority, scope },
    ...{ tenantId: ref("TENANT"), clientId: ref("CLIENT"), clientSecret: ref("SECRET") },
  };
  const [provider] = artifactFixture({ baseUrls: ["https://r.example/openai/v1"], key: "k", auth }).providers;
  if (provider === undefined) throw new Error("no provider");
  const secrets: Readonly<Record<string, string>> = { TENANT: tenantId, CLIENT: "client", SECRET: "words" };
  const driver = createHttpDriver({ clock });
  const opening = driver.open(provider, { resolveSecret: ({ name }) => secrets[name] });
  if (!opening.ok) throw new Error("not opened");
  const { head, authorize } = opening.connection;
  const bare = head({ path: "/chat/completions", headers: [["Authorization", "mine"]] });
  expect(bare.toLowerCase()).not.toContain("authorization");
  expect(await authorize?.(bare, new Uint8Array())).toBe(`${bare}authorization: Bearer token-1\r\n`);
  const missing = driver.open(provider, { resolveSecret: () => undefined });
  expect(missing.ok ? [] : missing.missing.map(({ name }) => name)).toEqual(["TENANT", "CLIENT", "SECRET"]);
});

import { describe, expect, expectTypeOf, test } from "bun:test";
import { AdminApiError } from "../../../src/admin/client/admin-api-error.ts";
import { adminRoutes } from "../../../src/admin/client/client-routes.ts";
import { eachItem } from "../../../src/admin/client/each-item.ts";
import { createAdminClient } from "../../../src/admin/client.ts";
import { adminOperations } from "../../../src/admin/contract.ts";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A client whose requests are kept, and answered one after the other. */
function clientOf(answers: readonly Response[], options: object = {}) {
  const sent: Sent[] = [];
  const left = [...answers];
  const client = createAdminClient({
    baseUrl: "https://gateway.example/",
    fetch: async (url, init) => {
      sent.push({ url, init });
      const answer = left.shift();
      if (answer === undefined) throw new Error("nothing is left to answer");
      return answer;
    },
    ...options,
  });
  return { client, sent };
}

const page = (items: readonly unknown[], next: string | null) => Response.json({ items, next });

test("the client's table of routes is what the contract says", () => {
  const said = adminOperations.map(
    ({ name, method, path, body }) => [name, { method, path, takesBody: body !== null }] as const,
  );
  expect(Object.keys(adminRoutes)).toEqual(said.map(([name]) => name));
  expect(adminRoutes).toEqual(Object.fromEntries(said) as typeof adminRoutes);
});

test("brings none of the contract's schemas along", async () => {
  const { success, outputs } = await Bun.build({
    entrypoints: [new URL("../../../src/admin/client.ts", import.meta.url).pathname],
    target: "browser",
  });
  expect(success).toBe(true);
  const text = (await outputs[0]?.text()) ?? "";
  expect(text).toContain("/admin/v1");
  expect(text).not.toContain("ZodObject");
  expect(text.length).toBeLessThan(30_000);
});

describe("requests", () => {
  test("go to the path of the operation, with parameters, query and token", async () => {
    const { client, sent } = clientOf([page([], null)], { token: "lkt_x" });
    await client.keys.list({ params: { tenant: "shop & co/ü" }, query: { limit: 5, text: "a b&c" } });
    expect(sent[0]?.url).toBe(
      "https://gateway.example/admin/v1/tenants/shop%20%26%20co%2F%C3%BC/keys?limit=5&text=a+b%26c",
    );
    expect(sent[0]?.init).toMatchObject({ method: "GET", credentials: "omit", redirect: "error" });
    expect(sent[0]?.init.headers).toEqual({ accept: "application/json", authorization: "Bearer lkt_x" });
    expect(sent[0]?.init.body).toBeUndefined();
  });

  test("carry the version, the idempotency key, the CSRF text and the body of a write", async () => {
    const { client, sent } = clientOf([Response.json({ id: "k1" })], { csrf: () => "c5rf" });
    await client.keys.revoke(
      { params: { tenant: "shop", id: "k1" }, body: { reason: "leaked" } },
      { version: 3, idempotencyKey: "once" },
    );
    const { headers, body, credentials } = sent[0]?.init ?? {};
    expect(headers).toMatchObject({
      "if-match": '"3"',
      "idempotency-key": "once",
      "x-csrf-token": "c5rf",
      "content-type": "application/json",
    });
    expect(body).toBe('{"reason":"leaked"}');
    expect(credentials).toBe("same-origin");
  });

  test("send an empty body where all of it can be left out, and none where none is taken", async () => {
    const { client, sent } = clientOf([Response.json({}), Response.json({})]);
    await client.keys.revoke({ params: { tenant: "shop", id: "k1" } });
    await client.subscriptions.renew({ params: { tenant: "shop", id: "s1" } });
    expect(sent.map(({ init }) => init.body)).toEqual(["{}", undefined]);
  });

  test("need no argument where an operation needs nothing, and answer null where there is no body", async () => {
    const { client } = clientOf([Response.json({ address: "a" }), new Response(null, { status: 204 })]);
    expect((await client.me.get()).address).toBe("a");
    expect(await client.tokens.revoke({ params: { id: "t1" } })).toBeNull();
  });

  test.each(["..", ".", ""])("never ask for another path: %p", async (id) => {
    const { client, sent } = clientOf([]);
    await expect(client.keys.get({ params: { tenant: "shop", id } })).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  });
});

describe("errors", () => {
  const failing = async (answer: Response): Promise<AdminApiError> => {
    const { client } = clientOf([answer]);
    const thrown = await client.me.get().catch((error: unknown) => error);
    if (!(thrown instanceof AdminApiError)) throw new Error("it did not reject with an AdminApiError");
    return thrown;
  };

  test("tell what the gateway says", async () => {
    const error = { code: "LK-2102", message: "Too long.", param: "name", help: "Shorten it." };
    expect(await failing(Response.json({ error }, { status: 400 }))).toMatchObject({ ...error, status: 400 });
  });

  test.each([
    ["no JSON", "<html>bad gateway</html>"],
    ["another shape", '{"error":"no"}'],
    ["nothing", ""],
    ["a list", "[]"],
  ])("are errors with %s, too", async (_, body) => {
    const error = await failing(new Response(body, { status: 502 }));
    expect(error).toMatchObject({ code: "", status: 502, param: null, help: null });
    expect(error.message).toContain("502");
  });
});

test("goes through all pages of a list, with the filters of the first", async () => {
  const { client, sent } = clientOf([page([{ id: "a" }], "c1"), page([], "c2"), page([{ id: "b" }], null)]);
  const ids: string[] = [];
  for await (const { id } of eachItem(client.keys.list, {
    params: { tenant: "shop" },
    query: { app: "x" },
  })) {
    ids.push(id);
  }
  expect(ids).toEqual(["a", "b"]);
  expect(sent.map(({ url }) => url.split("?")[1])).toEqual(["app=x", "app=x&cursor=c1", "app=x&cursor=c2"]);
});

test("types are the contract's", () => {
  const { client } = clientOf([]);
  const wrong = (): unknown => [
    // @ts-expect-error a key belongs to a tenant
    client.keys.get({ params: { id: "k1" } }),
    // @ts-expect-error there is no such filter
    client.keys.list({ params: { tenant: "shop" }, query: { colour: "red" } }),
    // @ts-expect-error a rejection has a reason
    client.approvals.reject({ params: { tenant: "shop", id: "s1" }, body: {} }),
    // @ts-expect-error there is no such operation
    client.keys.guess({}),
  ];
  expect(wrong).toBeFunction();
  // A request that is sent again gets no secret.
  type TextOf<Call extends (...given: never[]) => Promise<{ readonly text: unknown }>> = Awaited<
    ReturnType<Call>
  >["text"];
  expectTypeOf<TextOf<typeof client.keys.create>>().toEqualTypeOf<string | null>();
  expectTypeOf<TextOf<typeof client.keys.rotate>>().toEqualTypeOf<string | null>();
  expectTypeOf<TextOf<typeof client.tokens.create>>().toEqualTypeOf<string | null>();
  expectTypeOf<TextOf<typeof client.approvals.export>>().toEqualTypeOf<string>();
});

import { describe, expect, test } from "bun:test";
import { createAdmin } from "../../../src/admin/engine/create-admin.ts";
import type { IdentityReply, IdentityRequest } from "../../../src/admin/identity/identity-http.ts";
import type { IncomingRequest, Reply } from "../../../src/http/exchange.ts";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import { parseNetworks } from "../../../src/kernel/networks.ts";
import { AdminChannel, type AdminChannelOptions } from "../../../src/server/admin/admin-channel.ts";
import { serveAdmin } from "../../../src/server/admin/serve-admin.ts";
import { createEngineFixture } from "../../admin/engine/support/engine-fixture.ts";
import { Caller, exchange, repliesIn, startFront } from "../../front/support/front.ts";
import { afterTest } from "../../support/after-test.ts";

const nobody = parseNetworks([]);

type Handle = (request: IdentityRequest) => Promise<IdentityReply>;

/** A channel and the administration at its other end. */
function connect(handle: Handle, options: AdminChannelOptions = {}) {
  const { port1, port2 } = new MessageChannel();
  const channel = new AdminChannel(port1, options);
  serveAdmin(port2, handle);
  afterTest(() => channel.close());
  return { channel, main: port2 };
}

function incoming(change: Partial<IncomingRequest> = {}, body = ""): IncomingRequest {
  const headers: [string, string][] = [["host", "gateway.example"]];
  return {
    method: "GET",
    path: "/admin/v1/me",
    query: "",
    headers: {
      get: (name) => new Headers(headers).get(name),
      has: (name) => new Headers(headers).has(name),
      entries: () => headers,
    },
    remoteAddress: "192.0.2.1",
    hasLeft: false,
    isOld: false,
    onLeave: undefined,
    readBody: () => new TextEncoder().encode(body),
    ...change,
  };
}

const echo: Handle = async (request) => ({
  status: 200,
  headers: [
    ["content-type", "application/json"],
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2\r\nx-bad: 1"],
  ],
  body: JSON.stringify({
    method: request.method,
    path: request.path,
    query: request.query,
    address: request.remoteAddress,
    twice: request.headers.get("x-twice"),
    none: request.headers.get("x-none"),
    body: new TextDecoder().decode(await request.readBody(100)),
  }),
});

const textOf = (reply: Reply): string => new TextDecoder().decode(reply.body as Uint8Array);
const codeOf = (reply: Reply): string =>
  (JSON.parse(textOf(reply)) as { error: { code: string } }).error.code;

describe("a channel to the administration", () => {
  test("carries a request there and its reply back", async () => {
    const { channel } = connect(echo);
    const front = startFront({ handle: (request) => channel.ask(request, nobody) });
    const text =
      "POST /admin/a%2Fb?c=%20d HTTP/1.1\r\nHost: x\r\nX-Twice: 1\r\nX-Twice: 2\r\n" +
      "X-Forwarded-For: 203.0.113.9\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody";
    const [reply] = repliesIn(await exchange(front, text));
    expect(JSON.parse(reply?.body ?? "")).toEqual({
      method: "POST",
      path: "/admin/a%2Fb",
      query: "c=%20d",
      address: "127.0.0.1",
      twice: "1, 2",
      none: null,
      body: "body",
    });
    expect(reply?.head).toContain("\r\nset-cookie: a=1\r\nset-cookie: b=2??x-bad: 1\r\n");
  });

  test("names the caller behind trusted proxies", async () => {
    const { channel } = connect(echo);
    const headers: [string, string][] = [["x-forwarded-for", "198.51.100.1, 203.0.113.9, 10.0.0.2"]];
    const request = incoming({
      remoteAddress: "::ffff:10.0.0.1",
      headers: { get: () => headers[0]?.[1] ?? null, has: () => true, entries: () => headers },
    });
    const reply = await channel.ask(request, parseNetworks(["10.0.0.0/8"]));
    expect(JSON.parse(textOf(reply))).toMatchObject({ address: "203.0.113.9" });
  });

  test("answers many at once, each with its own reply, in any order", async () => {
    const gates = Array.from({ length: 50 }, () => Promise.withResolvers<void>());
    const { channel } = connect(async ({ query }) => {
      await gates[Number(query)]?.promise;
      return { status: 200, headers: [], body: query };
    });
    const all = gates.map((_, at) => channel.ask(incoming({ query: String(at) }), nobody));
    for (const gate of gates.toReversed()) gate.resolve();
    const replies = await Promise.all(all);
    expect(replies.map(textOf)).toEqual(gates.map((_, at) => String(at)));
  });

  test("refuses a body that is too large, before anything is sent on", async () => {
    let asked = 0;
    const { channel } = connect(async (request) => {
      asked++;
      return echo(request);
    });
    const front = startFront({ handle: (request) => channel.ask(request, nobody) });
    const size = 1024 * 1024 + 1;
    const text = `POST /admin/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\nConnection: close\r\n\r\n`;
    const [reply] = repliesIn(await exchange(front, text));
    expect(JSON.parse(reply?.body ?? "")).toMatchObject({ error: { code: "LK-2104" } });
    expect(reply?.head).toMatch(/\r\nx-request-id: req_[0-9a-f]{32}\r\n/);
    expect(asked).toBe(0);
  });

  test("has no larger body read than the administration asks for", async () => {
    const { channel } = connect(async (request) => {
      const error = await request.readBody(3).catch((thrown: LatchkeyError) => thrown.code);
      return { status: 200, headers: [], body: String(error) };
    });
    expect(textOf(await channel.ask(incoming({}, "1234"), nobody))).toBe("LK-2104");
  });

  test("tells of an administration that rejects, and nothing of why", async () => {
    const { channel } = connect(() => Promise.reject(new Error("the secret")));
    const reply = await channel.ask(incoming(), nobody);
    expect([reply.status, codeOf(reply)]).toEqual([500, "LK-5001"]);
    expect(textOf(reply)).not.toContain("the secret");
  });

  test("does not wait for ever", async () => {
    const { channel } = connect(() => new Promise(() => {}), { timeoutMs: 1 });
    const reply = await channel.ask(incoming(), nobody);
    expect([reply.status, codeOf(reply)]).toEqual([504, "LK-5005"]);
    expect(reply.headers).toMatch(/x-request-id: req_/);
  });

  test("drops an answer that nobody waits for any more", async () => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const { channel } = connect(async ({ query }) => {
      begun.resolve();
      if (query === "slow") await gate.promise;
      return { status: 200, headers: [], body: query };
    });
    const slow = incoming({ query: "slow" });
    const left = channel.ask(slow, nobody);
    await begun.promise;
    slow.onLeave?.();
    expect((await left).status).toBe(499);
    gate.resolve();
    expect(textOf(await channel.ask(incoming({ query: "next" }), nobody))).toBe("next");
  });

  test("ends what waits when its other end is closed, and refuses what comes after", async () => {
    const begun = Promise.withResolvers<void>();
    const { channel, main } = connect(() => {
      begun.resolve();
      return new Promise(() => {});
    });
    const waiting = channel.ask(incoming(), nobody);
    await begun.promise;
    main.close();
    const reply = await waiting;
    expect([reply.status, codeOf(reply)]).toEqual([503, "LK-5002"]);
    expect(codeOf(await channel.ask(incoming(), nobody))).toBe("LK-5002");
  });

  test("ends what waits when it is closed itself", async () => {
    const { channel } = connect(() => new Promise(() => {}));
    const request = incoming();
    const waiting = channel.ask(request, nobody);
    channel.close();
    expect(codeOf(await waiting)).toBe("LK-5002");
    expect(request.onLeave).toBeUndefined();
  });

  test("takes no more than it may have under way", async () => {
    const gate = Promise.withResolvers<void>();
    const wait: Handle = async () => {
      await gate.promise;
      return { status: 200, headers: [], body: "" };
    };
    const { channel } = connect(wait, { maxUnderWay: 2 });
    const two = [channel.ask(incoming(), nobody), channel.ask(incoming(), nobody)];
    const third = await channel.ask(incoming(), nobody);
    expect([third.status, codeOf(third)]).toEqual([503, "LK-5006"]);
    expect(third.headers).toContain("retry-after: 1\r\n");
    gate.resolve();
    await Promise.all(two);
    expect((await channel.ask(incoming(), nobody)).status).toBe(200);
  });

  test("forgets a caller who has left, while the administration goes on", async () => {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const { channel } = connect(async () => {
      begun.resolve();
      await gate.promise;
      done.resolve();
      return { status: 200, headers: [], body: "" };
    });
    const replies: Promise<Reply>[] = [];
    const front = startFront({
      handle(request) {
        const reply = channel.ask(request, nobody);
        replies.push(reply);
        return reply;
      },
    });
    const caller = new Caller(front);
    await caller.send("GET /admin/v1/me HTTP/1.1\r\nHost: x\r\n\r\n");
    await begun.promise;
    caller.socket.destroy();
    expect((await replies[0])?.status).toBe(499);
    gate.resolve();
    await done.promise;
  });

  test("asks nothing for a caller who left while the body came", async () => {
    let asked = 0;
    const { channel } = connect(async (request) => {
      asked++;
      return echo(request);
    });
    const leaves = incoming({ hasLeft: true });
    expect((await channel.ask(leaves, nobody)).status).toBe(499);
    const breaks = incoming({ readBody: () => Promise.reject(new LatchkeyError("LK-2301")) });
    expect((await channel.ask(breaks, nobody)).status).toBe(499);
    expect(asked).toBe(0);
  });

  test("has the whole admin API at its other end", async () => {
    const { parts, identity, sample, token } = createEngineFixture();
    const admin = createAdmin({ parts, identity: identity.identity, operations: sample.operations });
    const { channel } = connect(admin.handle);
    const front = startFront({ handle: (request) => channel.ask(request, nobody) });
    const head = (line: string): string =>
      `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${bearer}\r\n`;
    const bearer = await token("ada@example.com");
    const body = '{"title":"x"}';
    const [made] = repliesIn(
      await exchange(
        front,
        `${head("POST /admin/v1/tenants/shop/notes")}Content-Type: application/json\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      ),
    );
    expect(JSON.parse(made?.body ?? "")).toMatchObject({ note: { title: "x" } });
    const read = await exchange(front, `${head("HEAD /admin/v1/tenants/shop/notes/first")}\r\n`);
    expect(read).toStartWith("HTTP/1.1 200 OK\r\n");
    expect(read).toEndWith("\r\n\r\n");
    const options = await exchange(front, `${head("OPTIONS /admin/v1/me")}\r\n`);
    expect(options).toContain("\r\nallow: GET, HEAD, OPTIONS\r\n");
  });
});

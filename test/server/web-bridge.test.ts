import { describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import type { Reply } from "../../src/http/exchange.ts";
import { askWebApp, type WebHandle } from "../../src/server/web-bridge.ts";
import { Caller, exchange, repliesIn, startFront, textReply, turnsUntil } from "../front/support/front.ts";
import { unchunked } from "../front/support/producer.ts";

const GET = "GET /a?b=c HTTP/1.1\r\nHost: \r\nX-A: 1\r\nX-A: 2\r\nConnection: close\r\n\r\n";

/** A front before a web app, and what the app has thrown. */
function startApp(handle: WebHandle) {
  const thrown: unknown[] = [];
  const fail = (error: unknown): Reply => {
    thrown.push(error);
    return textReply("failed", 500);
  };
  return { ...startFront({ handle: (request) => askWebApp(handle, request, fail) }), thrown };
}

const eventStream = { headers: { "content-type": "text/event-stream" } };

describe("a web app", () => {
  test("sees the request as it was sent", async () => {
    const app = new Elysia().get("/a", ({ request, query }) =>
      Response.json([request.method, new URL(request.url).pathname, query, request.headers.get("x-a")]),
    );
    const [reply] = repliesIn(await exchange(startApp(app.handle), GET));
    expect(JSON.parse(reply?.body ?? "")).toEqual(["GET", "/a", { b: "c" }, "1, 2"]);
  });

  test("has its headers sent on, but for those that frame the body", async () => {
    const headers = new Headers({ "x-b": "é", "content-length": "9", connection: "x", "keep-alive": "y" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    const [reply] = repliesIn(
      await exchange(
        startApp(() => new Response("text", { headers })),
        GET,
      ),
    );
    expect(reply?.body).toBe("text");
    expect(reply?.head).toContain("\r\nx-b: é\r\n");
    expect(reply?.head).toContain("\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n");
    expect(reply?.head.match(/content-length|connection|keep-alive/g)).toEqual([
      "connection",
      "content-length",
    ]);
  });

  test("that throws, or whose answer breaks, is answered for, and its caller told no more", async () => {
    const broken = new ReadableStream({
      pull: (controller) => controller.error(new Error("secret")),
    });
    const throwing: WebHandle = () => {
      throw new Error("secret");
    };
    for (const handle of [
      throwing,
      async () => throwing(new Request("http://a")),
      () => new Response(broken),
    ]) {
      const front = startApp(handle);
      const [reply] = repliesIn(await exchange(front, GET));
      expect(reply).toMatchObject({ status: 500, body: "failed" });
      expect(front.thrown).toEqual([expect.objectContaining({ message: "secret" })]);
    }
  });
});

describe("an event stream of a web app", () => {
  test("leaves piece by piece, text or bytes", async () => {
    const steps = Array.from({ length: 3 }, () => Promise.withResolvers<string | Uint8Array>());
    const app = new Elysia().get("/a", () => {
      const body = new ReadableStream<string | Uint8Array>({
        async pull(controller) {
          const step = steps.shift();
          if (step === undefined) return controller.close();
          controller.enqueue(await step.promise);
        },
      });
      return new Response(body, eventStream);
    });
    const caller = new Caller(startApp(app.handle));
    await caller.send(GET);
    const [first, second, third] = [...steps];
    first?.resolve("data: é1\n\n");
    await caller.until((received) => received.includes(Buffer.from("data: é1").toString("latin1")));
    second?.resolve(Buffer.from("data: 2\n\n"));
    await caller.until((received) => received.includes("data: 2"));
    third?.resolve("data: 3\n\n");
    const received = await caller.closed;
    const body = unchunked(received.slice(received.indexOf("\r\n\r\n") + 4));
    expect(Buffer.from(body, "latin1").toString()).toBe("data: é1\n\ndata: 2\n\ndata: 3\n\n");
  });

  test("of a generator leaves whole", async () => {
    const app = new Elysia().get("/a", async function* ({ set }) {
      set.headers["content-type"] = "text/event-stream";
      for (const at of [1, 2, 3]) yield `event ${at}`;
    });
    const received = await exchange(startApp(app.handle), GET);
    for (const at of [1, 2, 3]) expect(received).toContain(`event ${at}`);
    expect(received).toEndWith("0\r\n\r\n");
  });

  test("that breaks is cut, so that nobody takes it for whole", async () => {
    let pulls = 0;
    const body = (): ReadableStream<string> =>
      new ReadableStream<string>({
        pull(controller) {
          if (pulls++ === 0) controller.enqueue("data: 1\n\n");
          else controller.error(new Error("secret"));
        },
      });
    const received = await exchange(
      startApp(() => new Response(body(), eventStream)),
      GET,
    );
    expect(received).not.toEndWith("0\r\n\r\n");
    expect(received).not.toContain("secret");
  });

  test("is made at the caller's pace, and cancelled once when the caller leaves", async () => {
    let made = 0;
    let cancelled = 0;
    const body = (): ReadableStream<Uint8Array> =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          made++;
          controller.enqueue(new Uint8Array(1_000_000));
        },
        cancel() {
          cancelled++;
        },
      });
    const front = startApp(() => new Response(body(), eventStream));
    const caller = new Caller(front);
    await caller.send(GET);
    await caller.until((received) => received !== "");
    caller.socket.pause();
    let before = -1;
    for (let same = 0; same < 50; same = before === made ? same + 1 : 0) {
      before = made;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(made).toBeLessThan(100);
    caller.socket.destroy();
    await turnsUntil(() => cancelled > 0 && front.listener.open === 0);
    expect(cancelled).toBe(1);
  });
});

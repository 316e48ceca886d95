import { describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import type { Reply } from "../../src/http/exchange.ts";
import { askWebApp, type WebHandle } from "../../src/server/web-bridge.ts";
import { exchange, repliesIn, startFront, textReply } from "../front/support/front.ts";

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

  test("may answer without a body", async () => {
    const [reply] = repliesIn(
      await exchange(
        startApp(() => new Response(null, { status: 503 })),
        GET,
      ),
    );
    expect(reply).toMatchObject({ status: 503, body: "" });
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

import { describe, expect, test } from "bun:test";
import { createOutboundCall } from "../../../src/admin/identity/oidc/outbound-call.ts";
import { afterTest } from "../../support/after-test.ts";

function serve(answer: (request: Request) => Response | Promise<Response>): string {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  afterTest(() => server.stop(true));
  return server.url.href;
}

const get = (url: string) => ({ method: "GET", url, headers: { accept: "application/json" } }) as const;

describe("calls to identity providers", () => {
  test("bring the status and the whole text", async () => {
    const url = serve(
      async (request) => new Response(`${request.method} ${await request.text()} é`, { status: 201 }),
    );
    const answer = await createOutboundCall()({ method: "POST", url, headers: {}, body: "a=b" });
    expect(answer).toEqual({ status: 201, body: "POST a=b é" });
  });

  test("follow no redirect: what was checked is what is called", async () => {
    let calls = 0;
    const url = serve(() => {
      calls++;
      return new Response("", { status: 302, headers: { location: "/elsewhere" } });
    });
    expect((await createOutboundCall()(get(url))).status).toBe(302);
    expect(calls).toBe(1);
  });

  test("stop at their bound of bytes, however many there are", async () => {
    const url = serve(() => {
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      });
      return new Response(body);
    });
    const call = createOutboundCall({ timeoutMs: 60_000, maxBytes: 100_000 });
    await expect(call(get(url))).rejects.toMatchObject({ code: "LK-2025" });
  });

  test("stop at their bound of time, before the head and in the middle of the body", async () => {
    const call = createOutboundCall({ timeoutMs: 50, maxBytes: 1000 });
    const silent = serve(() => new Promise<Response>(() => undefined));
    await expect(call(get(silent))).rejects.toMatchObject({ code: "LK-2025" });
    const stuck = serve(
      () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(1)) })),
    );
    await expect(call(get(stuck))).rejects.toMatchObject({ code: "LK-2025" });
  });

  test("that reach nobody end in a code that tells no path", async () => {
    const url = serve(() => new Response("")).replace(/:\d+/, ":1");
    const error = await createOutboundCall()(get(`${url}secret-path`)).catch((thrown) => thrown);
    expect(error.code).toBe("LK-2025");
    expect(error.message).not.toContain("secret-path");
  });
});

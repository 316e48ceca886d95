import { describe, expect, test } from "bun:test";
import { inspect } from "node:util";
import { createClient } from "../../sdk/client/index.ts";
import { catchError } from "./support/catch-error.ts";
import { closedUrl, KEY, startGateway, startRawServer, testClient } from "./support/gateway.ts";

const failWith = async (answer: () => Response) => {
  const { url } = startGateway(answer);
  return catchError(testClient(url).sentiment({ text: "Hm." }));
};

describe("an error of the gateway", () => {
  test("is told with everything that it says", async () => {
    const error = {
      message: "text is too long",
      type: "invalid_request_error",
      param: "text",
      code: "LK-2105",
    };
    const headers = { "x-request-id": "req_7", "retry-after": "2" };
    expect(await failWith(() => Response.json({ error }, { status: 400, headers }))).toMatchObject({
      ...error,
      kind: "invalid-input",
      status: 400,
      requestId: "req_7",
      retryAfterMs: 2_000,
    });
  });

  test("may leave out or mistype fields", async () => {
    const error = { message: "No such model.", param: null, code: 17 };
    expect(await failWith(() => Response.json({ error }, { status: 404 }))).toMatchObject({
      kind: "not-found",
      message: "No such model.",
      type: undefined,
      param: undefined,
      code: undefined,
      requestId: undefined,
      retryAfterMs: undefined,
    });
  });

  const statuses = {
    401: "authentication",
    403: "permission",
    410: "not-found",
    500: "gateway",
    504: "upstream",
  };
  for (const [status, kind] of Object.entries(statuses)) {
    test(`of status ${status} is of kind ${kind}`, async () => {
      const error = { message: "Sorry.", code: null };
      const found = await failWith(() => Response.json({ error }, { status: Number(status) }));
      expect(found).toMatchObject({ kind, status: Number(status), message: "Sorry." });
    });
  }
});

describe("an answer that is none of Latchkey's", () => {
  test("an HTML error page of a proxy", async () => {
    const page = `<html>\n  <h1>502 Bad Gateway</h1>\n${"<p>padding</p>".repeat(50)}</html>`;
    const headers = { "content-type": "text/html" };
    const error = await failWith(() => new Response(page, { status: 502, headers }));
    expect(error).toMatchObject({ kind: "upstream", status: 502, code: undefined });
    expect(error.message).toStartWith(
      "The answer has status 502 (text/html) and is none of Latchkey's: <html> <h1>502 Bad Gateway</h1>",
    );
    expect(error.message.length).toBeLessThan(300);
  });

  test("an error page without end is read in part only", async () => {
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    const error = await failWith(
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(120)),
            cancel: () => leave(),
          }),
          { status: 500 },
        ),
    );
    expect(error.message).toContain(`${"x".repeat(200)}`);
    expect(error.message).not.toContain(`${"x".repeat(201)}`);
    await left;
  });

  test("an error without a body", async () => {
    const error = await failWith(() => new Response(null, { status: 500 }));
    expect(error.message).toBe("The answer has status 500 (no content type) and is none of Latchkey's.");
  });

  test("an HTML page of status 200", async () => {
    const headers = { "content-type": "text/html", "x-request-id": "req_8" };
    expect(await failWith(() => new Response("<html>Log in</html>", { headers }))).toMatchObject({
      kind: "protocol",
      message: "The answer is not valid JSON (text/html).",
      status: 200,
      requestId: "req_8",
    });
  });

  test("malformed, cut and empty JSON", async () => {
    for (const text of ["", "{", '{"label":', "undefined", '{"label":"positive"} extra', "NaN"]) {
      const error = await failWith(
        () => new Response(text, { headers: { "content-type": "application/json" } }),
      );
      expect(error.kind).toBe("protocol");
    }
  });

  test("malformed JSON in an error", async () => {
    const error = await failWith(() => new Response('{"error":{"message":', { status: 429 }));
    expect(error).toMatchObject({ kind: "rate-limit", status: 429 });
  });

  test("a redirect is not followed, so the key goes nowhere else", async () => {
    const elsewhere = startGateway(() => Response.json({ label: "positive" }));
    const error = await failWith(() => Response.redirect(`${elsewhere.url}/login?next=/api`, 302));
    expect(error).toMatchObject({
      kind: "protocol",
      status: 302,
      message: `The answer is a redirect to ${elsewhere.url}/login: correct baseUrl.`,
    });
    expect(elsewhere.received).toEqual([]);
  });

  test("a redirect as a browser shows it", async () => {
    const opaque = { type: "opaqueredirect", ok: false, status: 0, headers: new Headers(), body: null };
    const client = testClient("http://127.0.0.1:1", { fetch: async () => opaque as unknown as Response });
    expect(await catchError(client.sentiment({ text: "Hm." }))).toMatchObject({
      kind: "protocol",
      status: undefined,
      message: "The answer is a redirect: correct baseUrl.",
    });
  });
});

describe("the connection", () => {
  test("is refused", async () => {
    const error = await catchError(testClient(closedUrl()).sentiment({ text: "Hm." }));
    expect(error).toMatchObject({ kind: "connection", status: undefined });
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("is closed before an answer", async () => {
    const { url } = startRawServer("");
    expect((await catchError(testClient(url).sentiment({ text: "Hm." }))).kind).toBe("connection");
  });

  test("speaks no HTTP", async () => {
    const { url } = startRawServer("220 mail.example.com ESMTP\r\n");
    expect((await catchError(testClient(url).sentiment({ text: "Hm." }))).kind).toBe("connection");
  });

  test("breaks in the middle of the answer", async () => {
    const { url } = startRawServer(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_9\r\ncontent-length: 100\r\n\r\n{"label":',
    );
    expect(await catchError(testClient(url).sentiment({ text: "Hm." }))).toMatchObject({
      kind: "connection",
      status: 200,
      requestId: "req_9",
    });
  });

  test("waits longer than the platform's own limit", async () => {
    const causes = [
      Object.assign(new TypeError("fetch failed"), {
        cause: Object.assign(new Error("Headers Timeout Error"), { code: "UND_ERR_HEADERS_TIMEOUT" }),
      }),
      new DOMException("The operation timed out.", "TimeoutError"),
    ];
    for (const cause of causes) {
      const client = testClient("http://127.0.0.1:1", { maxRetries: 2, fetch: () => Promise.reject(cause) });
      expect(await catchError(client.sentiment({ text: "Hm." }))).toMatchObject({ kind: "timeout", cause });
    }
  });
});

describe("the key", () => {
  const calls: Record<string, () => Promise<unknown>> = {
    "echoed in an error": () => {
      const error = { message: `Bad key ${KEY}`, param: KEY, code: KEY, type: `x-${KEY}` };
      return testClient(startGateway(() => Response.json({ error }, { status: 401 })).url).models();
    },
    "echoed in an error page": () =>
      testClient(
        startGateway((request) => new Response(request.headers.get("authorization"), { status: 500 })).url,
      ).models(),
    "echoed in a redirect": () =>
      testClient(startGateway(() => Response.redirect(`http://127.0.0.1/${KEY}`)).url).models(),
    "of a call that finds nobody": () => testClient(closedUrl()).models(),
    "of a call to something else": () => testClient(startRawServer("nonsense").url).models(),
    "of a call whose answer is malformed": () =>
      testClient(startGateway(() => new Response(KEY)).url).models(),
  };
  for (const [name, call] of Object.entries(calls)) {
    test(`${name} is in no form of the error`, async () => {
      const error = await catchError(call());
      const forms = [
        String(error),
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 9, showHidden: true }),
        Bun.inspect(error),
      ];
      for (const form of forms) expect(form).not.toContain("verysecretpart");
    });
  }

  test("is struck out so that the rest can be read", async () => {
    const error = await catchError(calls["echoed in an error"]?.() ?? Promise.resolve());
    expect(error.message).toBe("Bad key [key]");
  });
});

test("errors of an untyped client are the same", async () => {
  const { url } = startGateway(() =>
    Response.json({ error: { message: "No.", code: "LK-2005" } }, { status: 404 }),
  );
  const call = createClient({ baseUrl: url, key: KEY }).endpoint("missing")({});
  expect(await catchError(call)).toMatchObject({ kind: "not-found", code: "LK-2005" });
});

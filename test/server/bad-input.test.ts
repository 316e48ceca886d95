import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { rawRequest } from "../support/raw-request.ts";
import { type ReplayUpstream, startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

let upstream: ReplayUpstream;
let gateway: GatewayFixture;
const path = "/v1/chat/completions";

beforeAll(async () => {
  upstream = startReplayUpstream(({ send }) => send(wholeAnswer(chatSample("text.json"))));
  gateway = await startGateway({
    baseUrls: [upstream.baseUrl],
    settings: { maxRequestBytes: 10_000, requestTimeoutMs: 200 },
  });
});
afterAll(async () => {
  await gateway.stop();
  upstream.stop();
});

/** Every refusal has OpenAI's error shape, a code, its row in the call log, and leaves the gateway well. */
async function expectRefusal(
  response: Response,
  status: number,
  code: string,
  param: string | null = null,
): Promise<void> {
  const body = await response.json();
  expect({ status: response.status, body }).toEqual({
    status,
    body: {
      error: {
        message: expect.stringMatching(/\w.*\.$/),
        type: expect.stringMatching(/_error$/),
        param,
        code,
      },
    },
  });
  expect(response.headers.get("content-type")).toBe("application/json");
  const id = response.headers.get("x-request-id");
  expect(await gateway.row((row) => row.requestId === id)).toMatchObject({
    ...{ status, errorCode: code },
    responseBytes: Number(response.headers.get("content-length")),
  });
  expect(JSON.stringify(body)).not.toContain(gateway.key);
  expect((await gateway.call(path, { model: "fast", messages: [] })).status).toBe(200);
}

const good = { model: "fast", messages: [{ role: "user", content: "Hello" }] };

describe("a body", () => {
  test.each([
    ["", "LK-2101", null],
    ["{", "LK-2101", null],
    ["[]", "LK-2101", null],
    ["null", "LK-2101", null],
    ["not json", "LK-2101", null],
    [`{"model":"fast","messages":[]`, "LK-2101", null],
    [`{"model":"fast","messages":[],}`, "LK-2101", null],
    [`{"model":"fast","messages":[]} {}`, "LK-2101", null],
    ["{}", "LK-2102", "model"],
    [`{"model":5,"messages":[]}`, "LK-2102", "model"],
    [`{"model":"","messages":[]}`, "LK-2102", "model"],
    [`{"model":null,"messages":[]}`, "LK-2102", "model"],
    [`{"model":"fast"}`, "LK-2102", "messages"],
    [`{"model":"fast","messages":"hi"}`, "LK-2102", "messages"],
    [`{"model":"fast","messages":[],"stream":"yes"}`, "LK-2102", "stream"],
    [`{"model":"fast","messages":[],"stream":1}`, "LK-2102", "stream"],
    [`{"model":"fast","messages":[],"stream_options":[]}`, "LK-2102", "stream_options"],
    [`{"model":"fast","model":"private","messages":[]}`, "LK-2103", "model"],
    [`{"model":"fast","mod\\u0065l":"private","messages":[]}`, "LK-2103", "model"],
    [`{"messages":[],"model":"fast","messages":[]}`, "LK-2103", "messages"],
  ])("%s is refused", async (body, code, param) => {
    await expectRefusal(await gateway.call(path, body), 400, code, param);
  });

  test("that nests five thousand lists is refused", async () => {
    const body = `{"model":"\\ud800","messages":${"[".repeat(5_000)}}`;
    await expectRefusal(await gateway.call(path, body), 400, "LK-2130");
  });

  test.each([
    ["a name", `{"messages":[],"model":"`, `"}`],
    ["words", `{"model":"fast","messages":[{"role":"user","content":"`, `"}]}`],
  ])("that is not UTF-8 in %s is refused", async (_, before, after) => {
    const body = Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xfe]), Buffer.from(after)]);
    const response = await fetch(gateway.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.key}` },
      body,
    });
    await expectRefusal(response, 400, "LK-2101");
  });

  test("over the cap is refused, announced or not", async () => {
    const large = JSON.stringify({ ...good, pad: "x".repeat(10_001) });
    await expectRefusal(await gateway.call(path, large), 413, "LK-2104");
    const pieces = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 12_000; sent += 1_000) controller.enqueue(new Uint8Array(1_000).fill(32));
        controller.close();
      },
    });
    const response = await fetch(gateway.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.key}` },
      body: pieces,
    });
    await expectRefusal(response, 413, "LK-2104");
  });

  test("without a length is taken within the cap", async () => {
    const raw = `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${gateway.key}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const body = JSON.stringify(good);
    const chunks = `${(10).toString(16)}\r\n${body.slice(0, 10)}\r\n${(body.length - 10).toString(16)}\r\n${body.slice(10)}\r\n0\r\n\r\n`;
    expect(await rawRequest(gateway.url, raw + chunks)).toStartWith("HTTP/1.1 200 ");
  });

  test("that does not arrive is given up", async () => {
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${gateway.key}\r\nContent-Length: 500\r\n\r\n{"model":`;
    const answer = await rawRequest(gateway.url, head);
    expect(answer).toStartWith("HTTP/1.1 408 ");
    expect(answer).toContain('"code":"LK-2109"');
  });

  test("that is compressed is refused", async () => {
    const body = Bun.gzipSync(JSON.stringify(good));
    const response = await fetch(gateway.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.key}`, "content-encoding": "gzip" },
      body,
    });
    await expectRefusal(response, 415, "LK-2106");
  });
});

describe("a model", () => {
  test.each([
    ["nothing", "nothing"],
    ["of another key", "private"],
    ["in capitals", "FAST"],
    ["with a space", "fast "],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["of 5,000 letters", "x".repeat(5_000)],
  ])("%s is not there for this key", async (_, model) => {
    await expectRefusal(await gateway.call(path, { ...good, model }), 404, "LK-2004", "model");
  });
});

describe("a key", () => {
  const send = (headers: Record<string, string>) =>
    fetch(gateway.url + path, { method: "POST", headers, body: JSON.stringify(good) });

  test("that is missing, wrong or twofold is refused", async () => {
    await expectRefusal(await send({}), 401, "LK-2001");
    await expectRefusal(await send({ authorization: "Bearer nonsense" }), 401, "LK-2002");
    await expectRefusal(await send({ authorization: `Bearer ${generateApiKey("test")}` }), 401, "LK-2002");
    await expectRefusal(
      await send({ authorization: `Bearer ${gateway.key}`, "x-api-key": generateApiKey("test") }),
      400,
      "LK-2003",
    );
    const response = await send({});
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
  });

  test("sent twice in one header is refused", async () => {
    const lines = `Authorization: Bearer ${gateway.key}\r\n`.repeat(2);
    const raw = `GET /v1/models HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines}\r\n`;
    expect(await rawRequest(gateway.url, raw)).toContain('"code":"LK-2003"');
  });

  test("is asked for before anything else is said", async () => {
    const answers = await Promise.all(
      ["/v1/models", "/v1/models/fast", "/api/x/v1", "/v1/nothing", "/admin/keys", "/%2e%2e/etc/passwd"].map(
        (place) => fetch(gateway.url + place),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
  });
});

describe("a path", () => {
  const raw = (method: string, target: string, host = "a") =>
    rawRequest(
      gateway.url,
      `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAuthorization: Bearer ${gateway.key}\r\nContent-Length: 0\r\n\r\n`,
    );

  test.each([
    ["POST", "/x/../v1/chat/completions"],
    ["POST", "/x/%2e%2e/v1/chat/completions"],
    ["POST", "/v1/./chat/completions"],
    ["GET", "/v1/%2E%2E/v1/models"],
    ["GET", "/v1/models/%2e%2e"],
    ["POST", "/api/%2e%2e/v1"],
    ["POST", "/api/x/.."],
    ["POST", "\\v1\\chat\\completions"],
  ])("%s %s is refused as malformed or unknown, never served", async (method, target) => {
    const answer = await raw(method, target);
    expect(answer).toMatch(/^HTTP\/1.1 (400|404|405) /);
    expect(answer === "" || /"code":"LK-(2107|2006|2007)"|^HTTP\/1.1 400 Bad Request\r\n/.test(answer)).toBe(
      true,
    );
  });

  test("written with dot segments says so", async () => {
    expect(await raw("POST", "/x/../v1/chat/completions")).toContain('"code":"LK-2107"');
    expect(await raw("POST", "/api/%2e%2e/v1")).toContain('"code":"LK-2107"');
  });

  test("is not read past a short or malformed Host", async () => {
    for (const host of ["a", "u@b", "", "a b", "e/x?"]) {
      const answer = await raw("GET", "/aaaaaaa/healthz", host);
      expect(answer).not.toContain('"status":"ok"');
      expect(answer).toMatch(/^HTTP\/1.1 (400|404) /);
    }
  });

  test.each(["b", "a"])(
    "is not served where a second Host header (%s) stands beside the first",
    async (second) => {
      const answer = await raw("GET", "/v1/models", `a\r\nHost: ${second}`);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(answer).toContain('"code":"LK-2108"');
    },
  );

  test("may hold a model's name with slashes as it is", async () => {
    await expectRefusal(await gateway.call("/v1/models/meta-llama/llama-9"), 404, "LK-2004", "model");
    expect(await raw("GET", "/v1/models/a/../fast")).toContain('"code":"LK-2107"');
  });

  test("that does not exist or takes another method says so", async () => {
    await expectRefusal(await gateway.call("/v1/nothing"), 404, "LK-2006");
    const [reading, writing] = [await gateway.call(path), await gateway.call("/v1/models", {})];
    expect([reading, writing].map(({ headers }) => headers.get("allow"))).toEqual(["POST", "GET"]);
    await expectRefusal(reading, 405, "LK-2007", null);
    await expectRefusal(writing, 405, "LK-2007", null);
    await expectRefusal(await gateway.call("/api/nothing/v1", {}), 404, "LK-2005");
  });
});

describe("HTTP that is not HTTP", () => {
  const post = "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n";

  test.each([
    ["a word", "GARBAGE\r\n\r\n"],
    ["a body of two lengths", `${post}Content-Length: 5\r\n\r\nabcde`],
    ["a body with a length and in chunks", `${post}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ["a head without a host", "GET /v1/models HTTP/1.1\r\n\r\n"],
    ["a header of 40 kB", `GET /v1/models HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(40_000)}\r\n\r\n`],
  ])("%s is refused and the connection closed", async (_, bytes) => {
    expect(await rawRequest(gateway.url, bytes)).toMatch(/^HTTP\/1.1 4(00|31) /);
    expect((await gateway.call(path, good)).status).toBe(200);
  });
});

describe("a path with letters beyond ASCII", () => {
  test.each([
    ["raw", Buffer.from("/v1/größe/日本")],
    ["percent-encoded", Buffer.from("/v1/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC")],
  ])("that is %s stands in the call log as it has to be encoded", async (_, target) => {
    const head = Buffer.concat([
      Buffer.from("GET "),
      target,
      Buffer.from(` HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${gateway.key}\r\n\r\n`),
    ]);
    const answer = await rawRequest(gateway.url, head);
    const id = /x-request-id: (\S+)/i.exec(answer)?.[1];
    const row = await gateway.row(({ requestId }) => requestId === id);
    expect(row.path).toBe("/v1/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC");
  });

  test("in the name of a model keeps its encoding", async () => {
    const path = `/v1beta/models/${encodeURIComponent("größe")}:generateContent`;
    const response = await gateway.call(path, { contents: [{ parts: [{ text: "Hello" }] }] });
    const id = response.headers.get("x-request-id");
    expect(response.status).toBe(404);
    expect((await gateway.row(({ requestId }) => requestId === id)).path).toBe(path);
  });
});

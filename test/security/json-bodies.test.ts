import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { routeTable } from "../../src/server/route-table.ts";
import { afterTest } from "../support/after-test.ts";
import { startGateway } from "../support/gateway-fixture.ts";
import { startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";
import { routeCalls, unreadRoute } from "./support/calls.ts";
import { startTwoTenants } from "./support/two-tenants.ts";

setDefaultTimeout(60_000);
const { gateway, keyOf } = await startTwoTenants();

/** Routes with a JSON body, with a good one for each. */
const read = Object.entries(routeCalls).filter(([route]) => route !== unreadRoute);
const calls = read.flatMap(([route, of]) =>
  of({ model: "common", endpoint: "acme-write", answer: "resp_lk_none" }).flatMap(({ path, body }) =>
    typeof body === "string" ? [[`${route} ${path}`, path, body] as const] : [],
  ),
);

async function post(path: string, body: string): Promise<readonly [status: number, text: string]> {
  const response = await fetch(gateway.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${keyOf("acme")}`, "content-type": "application/json" },
    body,
  });
  return [response.status, await response.text()];
}

const POLLUTION = '"isPolluted":true,"isAdmin":true,"stream":true,"model":"bolt-model","tenant":"bolt"';

/** Puts members into every object of a text of JSON. */
const into = (body: string, members: string): string =>
  body.replaceAll(/\{(?!\})/g, `{${members},`).replaceAll("{}", `{${members}}`);

test("every route with a body is among those below, or takes none or forms", () => {
  const known = new Set(calls.map(([name]) => name.split(" ").slice(0, 2).join(" ")));
  const others = routeTable
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => route.startsWith("POST ") && !known.has(route));
  expect(others.sort()).toEqual([
    "POST /v1/audio/transcriptions",
    "POST /v1/audio/translations",
    "POST /v1/images/edits",
    "POST /v1/responses/:id/cancel",
    unreadRoute,
  ]);
});

describe("members that objects inherit by", () => {
  test.each(calls)("stand for nothing in %s", async (_, path, body) => {
    const [plain] = await post(path, body);
    for (const members of [
      `"__proto__":{${POLLUTION}}`,
      `"constructor":{"prototype":{${POLLUTION}}}`,
      `"__proto__":{"__proto__":{${POLLUTION}}},"prototype":{${POLLUTION}}`,
      `"__proto__":null`,
      `"__proto__":[],"constructor":"x","toString":1,"hasOwnProperty":1,"valueOf":null`,
    ]) {
      const [outer, text] = await post(path, body.replace("{", `{${members},`));
      // Dialects that know all their members may refuse what they do not know.
      expect([plain, 400]).toContain(outer);
      expect(text).not.toContain("isPolluted");
      expect((await post(path, into(body, members)))[0]).toBeLessThan(500);
    }
    expect((await post(path, body))[0]).toBe(plain);
  });

  test.each(calls)("give %s none of what it needs", async (_, path, body) => {
    const [status] = await post(path, `{"__proto__":${body}}`);
    expect([400, 404, 422]).toContain(status);
    const [other] = await post(path, `{"constructor":{"prototype":${body}}}`);
    expect([400, 404, 422]).toContain(other);
  });

  test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"])(
    "are no model, endpoint, version or answer: %s",
    async (name) => {
      for (const [route, of] of Object.entries(routeCalls)) {
        for (const { method, path, body } of of({ model: name, endpoint: name, answer: name })) {
          if (path.endsWith("/models") || (body === undefined && method === "POST")) continue;
          const headers = { authorization: `Bearer ${keyOf("acme")}` };
          const { status } = await fetch(gateway.url + path, { method, headers, ...(body && { body }) });
          expect([route, [400, 404].includes(status)]).toEqual([route, true]);
        }
      }
      const [status] = await post(`/api/acme-write/${name}`, '{"text":"Hello"}');
      expect(status).toBe(404);
    },
  );

  test("change nothing in the process, in whatever dialect they come", async () => {
    const upstream = startReplayUpstream(({ send }) => send(wholeAnswer(chatSample("text.json"))));
    afterTest(() => upstream.stop());
    const here = await startGateway({ baseUrls: [upstream.baseUrl] });
    afterTest(() => here.stop());
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    for (const [, path, body] of calls) {
      if (path.startsWith("/api/")) continue;
      const text = body.replace('"common"', '"fast"');
      for (const members of [`"__proto__":{${POLLUTION}}`, `"constructor":{"prototype":{${POLLUTION}}}`])
        await (await here.call(path.replace("/common", "/fast"), into(text, members))).text();
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect("isPolluted" in {}).toBe(false);
  });

  test("in a vendor's answer reach nobody's prototype, and the answer is told as it came", async () => {
    const sample = Buffer.from(chatSample("text.json")).toString();
    const upstream = startReplayUpstream(({ send }) =>
      send(wholeAnswer(into(sample, `"__proto__":{"isPolluted":true}`))),
    );
    afterTest(() => upstream.stop());
    const here = await startGateway({ baseUrls: [upstream.baseUrl] });
    afterTest(() => here.stop());
    const messages = [{ role: "user", content: "Hello" }];
    for (const path of ["/v1/chat/completions", "/v1/messages", "/v1/responses"]) {
      const asked = path.endsWith("responses") ? { input: "Hello" } : { messages, max_tokens: 9 };
      const response = await here.call(path, { model: "fast", ...asked });
      await response.text();
      expect(response.status).toBe(200);
    }
    expect("isPolluted" in {}).toBe(false);
  });
});

describe("numbers that no double holds", () => {
  const numbers = ["1e999", "-1e999", "1e308", "123456789012345678901234567890", "1e-999", "-0", "0.1e+1000"];
  const counts = [
    "max_tokens",
    "n",
    "top_k",
    "top_logprobs",
    "max_output_tokens",
    "temperature",
    "top_n",
    "seed",
  ];

  test.each(calls)("are no reason to fail in %s", async (_, path, body) => {
    for (const number of numbers) {
      const members = counts
        .filter((name) => !body.includes(`"${name}"`))
        .map((name) => `"${name}":${number}`);
      const config = `"generationConfig":{"maxOutputTokens":${number},"topK":${number}}`;
      expect((await post(path, body.replace("{", `{${members.join(",")},`)))[0]).toBeLessThan(500);
      expect((await post(path, body.replace("{", `{${config},`)))[0]).toBeLessThan(500);
    }
  });

  test.each(["9".repeat(100_000), `1e${"9".repeat(100_000)}`, `0.${"0".repeat(100_000)}1`])(
    "are none however long they are written (%#)",
    async (number) => {
      for (const [, path, body] of calls.slice(0, 6))
        expect((await post(path, body.replace("{", `{"seed":${number},`)))[0]).toBeLessThan(500);
    },
  );
});

describe("bodies that are small and mean much work", () => {
  test.each([
    ["lists in lists", `${"[".repeat(200_000)}`],
    ["objects in objects", `${'{"a":'.repeat(100_000)}`],
    ["a text of escapes", `"${"\\u0041".repeat(100_000)}"`],
    ["a hundred thousand members", `{${Array.from({ length: 100_000 }, (_, at) => `"m${at}":1`).join(",")}}`],
    ["a member a hundred thousand times", `{${Array.from({ length: 100_000 }, () => '"a":1').join(",")}}`],
  ])("are answered without failing: %s", async (_, text) => {
    for (const [, path] of calls.slice(0, 8)) {
      const [status] = await post(path, `{"model":"common","messages":${text}`);
      expect(status).toBe(400);
      const [whole] = await post(path, `{"model":"common","extra":${text}}`);
      expect(whole).toBeLessThan(500);
    }
  });

  test("in forms of many parts are answered, too", async () => {
    const part = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n';
    for (const path of ["/v1/images/edits", "/v1/audio/transcriptions"]) {
      const { status } = await fetch(gateway.url + path, {
        method: "POST",
        headers: {
          authorization: `Bearer ${keyOf("acme")}`,
          "content-type": "multipart/form-data; boundary=b",
        },
        body: `${part.repeat(15_000)}--b--\r\n`,
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });
});

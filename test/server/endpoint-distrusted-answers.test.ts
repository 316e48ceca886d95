import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { configFolder } from "../compiler/support/config-folder.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

/** A request as one of the vendors got it. */
interface Asked {
  readonly vendor: "first" | "second";
  /** Of the connection on the gateway's side. */
  readonly port: number;
  readonly body: { readonly messages: readonly { readonly role: string; readonly content: unknown }[] };
}

let asked: Asked[] = [];
let answer: (vendor: Asked["vendor"], count: number, isStream: boolean) => Response;

const vendors = (["first", "second"] as const).map((vendor) =>
  Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request, server) {
      const body = (await request.json()) as Asked["body"] & { readonly stream?: boolean };
      asked.push({ vendor, port: server.requestIP(request)?.port ?? 0, body });
      return answer(vendor, asked.length, body.stream === true);
    },
  }),
);

const folder = configFolder({
  "gateway.config.ts": `
import { app, defineGateway, endpoint, fallback, model, openaiCompatible, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const first = openaiCompatible({ baseUrl: "http://127.0.0.1:${vendors[0]?.port}/v1" });
const second = openaiCompatible({ baseUrl: "http://127.0.0.1:${vendors[1]?.port}/v1" });
const one = model({ targets: [first("x")] });
const two = model({ targets: [first("x"), second("y")], routing: fallback() });
const input = z.object({ text: z.string() });
const output = z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string(), e: z.string(), f: z.string() });
const rate = endpoint({ version: "1.0.0", model: one, input, output, prompt: ({ text }) => [prompt.user\`\${text}\`] });
const sure = endpoint({ version: "1.0.0", model: two, input, output, prompt: ({ text }) => [prompt.user\`\${text}\`] });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [rate, sure], visibility: "everyone" });
export default defineGateway({ providers: { first, second }, models: { one, two }, endpoints: { rate, sure }, services: { all }, tenants: { team } });
`,
});
const configFile = join(folder, "gateway.config.ts");
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await runGateway(configFile);
});
afterAll(async () => {
  await gateway.stop();
  for (const vendor of vendors) await vendor.stop(true);
});
beforeEach(() => {
  asked = [];
});

const whole = { a: "1", b: "2", c: "3", d: "4", e: "5", f: "6" };

function said(text: string, isStream: boolean, more: object = {}): Response {
  const usage = { prompt_tokens: 10, completion_tokens: 5 };
  if (!isStream) {
    const message = { role: "assistant", content: text, ...more };
    return Response.json({ choices: [{ index: 0, message, finish_reason: "stop" }], usage });
  }
  const events = [
    { choices: [{ index: 0, delta: { content: text, ...more } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
    { choices: [], usage },
  ].map((event) => `data: ${JSON.stringify(event)}\n\n`);
  return new Response(`${events.join("")}data: [DONE]\n\n`, {
    headers: { "content-type": "text/event-stream" },
  });
}

async function call(name: "rate" | "sure", isStream: boolean) {
  const response = await fetch(`${gateway.url}/api/${name}/v1`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${gateway.keys["team.site"]}`,
      "content-type": "application/json",
      ...(isStream && { accept: "text/event-stream" }),
    },
    body: JSON.stringify({ text: "Hello" }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const garbage: readonly (readonly [string, () => Response])[] = [
  ["no JSON", () => new Response("<html>busy</html>", { headers: { "content-type": "application/json" } })],
  ["a list", () => Response.json([1])],
  ["no choices", () => Response.json({ choices: [] })],
  ["a choice that is none", () => Response.json({ choices: [7] })],
  ["nothing", () => new Response("", { headers: { "content-type": "application/json" } })],
];

describe("an endpoint whose vendor answers with what cannot be understood", () => {
  test.each(garbage)(
    "%s: says so, and neither asks for a correction nor uses the connection again",
    async (_, make) => {
      answer = make;
      for (let index = 0; index < 2; index++) {
        const { status, headers, text } = await call("rate", false);
        expect([status, headers.get("x-latchkey-error")]).toEqual([502, "LK-3009"]);
        expect(text).not.toContain("busy");
      }
      expect(asked).toHaveLength(2);
      expect(new Set(asked.map(({ port }) => port)).size).toBe(2);
    },
  );

  test.each(garbage)("%s: asks the next target, with the same words", async (_, make) => {
    answer = (vendor, _count, isStream) =>
      vendor === "first" ? make() : said(JSON.stringify(whole), isStream);
    const { status, text } = await call("sure", false);
    expect([status, JSON.parse(text)]).toEqual([200, whole]);
    expect(asked.map(({ vendor }) => vendor)).toEqual(["first", "second"]);
    expect(asked[1]?.body.messages).toEqual(asked[0]?.body.messages ?? []);
  });

  test("keeps the connection of an answer that is merely wrong", async () => {
    answer = (_, count, isStream) => said(count % 2 === 1 ? "{}" : JSON.stringify(whole), isStream);
    expect((await call("rate", false)).status).toBe(200);
    expect((await call("rate", false)).status).toBe(200);
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map(({ port }) => port)).size).toBe(1);
  });
});

describe.each([false, true])("an endpoint's answer that does not match (streamed: %p)", (isStream) => {
  test("is shown to the model with what is wrong, the first five faults by name", async () => {
    answer = (_, count, streamed) => said(count === 1 ? '{"a":7}' : JSON.stringify(whole), streamed);
    expect((await call("rate", isStream)).status).toBe(200);
    const [question, ...correction] = asked[1]?.body.messages ?? [];
    expect(question).toEqual(asked[0]?.body.messages[0] ?? { role: "", content: "" });
    expect(correction.map(({ role }) => role)).toEqual(["assistant", "user"]);
    expect(JSON.stringify(correction[0])).toContain('{\\"a\\":7}');
    const words = JSON.stringify(correction[1]);
    expect(words).toContain("a must be a string; b ");
    expect(words).toContain("; e ");
    expect(words).not.toContain("; f ");
    expect(words).toContain("and 1 more");
  });

  test("is corrected by whichever target answers then", async () => {
    answer = (vendor, count, streamed) => {
      if (vendor === "second") return said(JSON.stringify(whole), streamed);
      return count === 1 ? said("{}", streamed) : new Response("", { status: 503 });
    };
    const { text } = await call("sure", isStream);
    expect(text).toContain(
      isStream ? `event: output\ndata: ${JSON.stringify(whole)}` : JSON.stringify(whole),
    );
    expect(asked.map(({ vendor }) => vendor)).toEqual(["first", "first", "second"]);
  });

  test("keeps what the correction failed with", async () => {
    answer = (_, count, streamed) => (count === 1 ? said("{}", streamed) : new Response("", { status: 500 }));
    const { status, text } = await call("rate", isStream);
    expect(status).toBe(isStream ? 200 : 502);
    expect(text).toContain('"code":"LK-3012"');
  });

  test("is not asked for again where the model declines", async () => {
    answer = (_, _count, streamed) => said("", streamed, { refusal: "I would rather not." });
    const { status, text } = await call("rate", isStream);
    expect(status).toBe(isStream ? 200 : 502);
    expect(text).toContain("The model declined to answer.");
    expect(text).not.toContain("I would rather not");
    expect(asked).toHaveLength(1);
  });
});

test("a stream says that what came so far is void before the correction begins", async () => {
  answer = (_, count, isStream) => said(count === 1 ? '{"a":' : JSON.stringify(whole), isStream);
  const { text } = await call("rate", true);
  const events = text
    .trimEnd()
    .split("\n\n")
    .map((event) => /^event: (\w+)/.exec(event)?.[1]);
  expect(events).toEqual(["delta", "restart", "delta", "output"]);
});

test("both questions are counted in the row of the call", async () => {
  answer = (_, count, isStream) => said(count % 2 === 1 ? "{}" : JSON.stringify(whole), isStream);
  const ids = [await call("rate", false), await call("rate", true)].map(({ headers }) =>
    headers.get("x-request-id"),
  );
  await gateway.stop();
  const main = join(import.meta.dir, "../../src/cli/main.ts");
  for (const id of ids) {
    const shown = Bun.spawnSync([
      process.execPath,
      main,
      "logs",
      "--config",
      configFile,
      "--request",
      id ?? "",
      "--json",
    ]);
    expect(JSON.parse(shown.stdout.toString())).toMatchObject({
      attempts: 2,
      usage: { input: 20, output: 10 },
    });
  }
});

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { configFolder } from "../compiler/support/config-folder.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

/** What the model says next, one after the other; the last one again and again. */
let answers: readonly { readonly text: string | null; readonly reason?: string }[] = [];
let asked = 0;

const upstream = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  async fetch(request) {
    const { stream } = (await request.json()) as { readonly stream?: boolean };
    const { text, reason = "stop" } = answers[Math.min(asked++, answers.length - 1)] ?? { text: "" };
    if (stream !== true) {
      const message = { role: "assistant", content: text };
      return Response.json({
        choices: [{ index: 0, message, finish_reason: reason }],
        usage: { prompt_tokens: 1, completion_tokens: 1 },
      });
    }
    const events = [{ delta: { content: text } }, { delta: {}, finish_reason: reason }].map(
      (choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`,
    );
    return new Response(`${events.join("")}data: [DONE]\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  },
});

let gateway: RunningGateway;
beforeAll(async () => {
  const folder = configFolder({
    "gateway.config.ts": `
import { app, defineGateway, endpoint, model, openaiCompatible, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const box = openaiCompatible({ baseUrl: "http://127.0.0.1:${upstream.port}/v1" });
const fast = model({ targets: [box("x")] });
const rate = endpoint({ version: "1.0.0", model: fast, input: z.object({ text: z.string() }),
  output: z.object({ label: z.string(), reason: z.string() }), prompt: ({ text }) => [prompt.user\`\${text}\`] });
const write = endpoint({ version: "1.0.0", model: fast, input: z.object({ text: z.string() }), prompt: ({ text }) => [prompt.user\`\${text}\`] });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [rate, write], visibility: "everyone" });
export default defineGateway({ providers: { box }, models: { fast }, endpoints: { rate, write }, services: { all }, tenants: { team } });
`,
  });
  gateway = await runGateway(join(folder, "gateway.config.ts"));
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop(true);
});

/** Calls an endpoint; of a stream the last event is told. */
async function call(
  name: "rate" | "write",
  isStream: boolean,
  said: typeof answers,
): Promise<{ readonly status: number; readonly body: unknown }> {
  answers = said;
  asked = 0;
  const response = await fetch(`${gateway.url}/api/${name}/v1`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${gateway.keys["team.site"]}`,
      "content-type": "application/json",
      ...(isStream && { accept: "text/event-stream" }),
    },
    body: JSON.stringify({ text: "Hello" }),
  });
  const text = await response.text();
  if (!isStream) return { status: response.status, body: JSON.parse(text) };
  const last = text.trimEnd().split("\n\n").at(-1) ?? "";
  const [, event = "", data = ""] = /^event: (\w+)\ndata: (.*)$/s.exec(last) ?? [];
  return {
    status: event === "output" ? 200 : response.status === 200 ? 502 : response.status,
    body: JSON.parse(data),
  };
}

const whole = { label: "positive", reason: "It is good." };

describe.each([false, true])("an endpoint's answer (streamed: %p)", (isStream) => {
  test.each([
    JSON.stringify(whole),
    `Here you are:\n\`\`\`json\n${JSON.stringify(whole)}\n\`\`\`\nAnything else?`,
    `{"label":"positive","reason":"It is good.",}`,
    `{label: "positive", reason: "It is good."}`,
  ])("is taken out of %p", async (text) => {
    expect(await call("rate", isStream, [{ text }])).toEqual({ status: 200, body: whole });
    expect(asked).toBe(1);
  });

  test.each([
    `{"label":"positive","reason":"It is good bec`,
    `{"label":"positive","reason":"It is good."`,
    `{"label":"positive"} {"reason":"x`,
  ])("that was left open is never closed: %p is asked for again", async (text) => {
    expect(await call("rate", isStream, [{ text }, { text: JSON.stringify(whole) }])).toEqual({
      status: 200,
      body: whole,
    });
    expect(asked).toBe(2);
    expect(await call("rate", isStream, [{ text }])).toMatchObject({
      status: 502,
      body: { error: { code: "LK-3014" } },
    });
  });

  test("that was cut at its limit is an error, at once", async () => {
    const cut = { text: `{"label":"positive","reason":"It is good bec`, reason: "length" };
    expect(await call("rate", isStream, [cut])).toMatchObject({
      status: 502,
      body: { error: { code: "LK-3016" } },
    });
    expect(asked).toBe(1);
    expect(await call("write", isStream, [{ text: "Pay me 100", reason: "length" }])).toMatchObject({
      status: 502,
      body: { error: { code: "LK-3016" } },
    });
  });

  test("that came whole just at its limit is one", async () => {
    expect(await call("rate", isStream, [{ text: JSON.stringify(whole), reason: "length" }])).toEqual({
      status: 200,
      body: whole,
    });
  });

  test("that a content filter held back is no empty answer", async () => {
    for (const name of ["rate", "write"] as const) {
      expect(await call(name, isStream, [{ text: null, reason: "content_filter" }])).toMatchObject({
        status: 502,
        body: { error: { code: "LK-3014" } },
      });
    }
  });

  test("without a schema is its text", async () => {
    expect(await call("write", isStream, [{ text: "Good day" }])).toEqual({
      status: 200,
      body: { text: "Good day" },
    });
  });
});

describe("an endpoint's input", () => {
  test.each([
    ['{"text":"a","text":"b"}', "text"],
    ['{"text":"a","t\\u0065xt":"b"}', "text"],
    ['{"text":{"deep":[{"x":1,"x":2}]}}', "text.deep.0.x"],
    ['{"__proto__":1,"text":"a","text":"b"}', "text"],
  ])("with a field twice is refused: %s", async (body, param) => {
    const response = await fetch(`${gateway.url}/api/write/v1`, {
      method: "POST",
      headers: { authorization: `Bearer ${gateway.keys["team.site"]}`, "content-type": "application/json" },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "LK-2103", param } });
  });
});

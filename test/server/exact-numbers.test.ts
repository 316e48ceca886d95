import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { configFolder } from "../compiler/support/config-folder.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

const ARGS = '{"id":12345678901234567890,"price":1.0,"far":1e400,"zero":-0}';
const call = `{"function":{"name":"look","arguments":${ARGS}}}`;
/** What the next answer says, and what the last request was. */
let content = "";
let asked = "";

const upstream = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  async fetch(request) {
    asked = await request.text();
    const isStream = asked.includes('"stream":true');
    const message =
      content === "" ? `"content":"","tool_calls":[${call}]` : `"content":${JSON.stringify(content)}`;
    const answer = `{"model":"m","message":{"role":"assistant",${message}},"done":true,"done_reason":"stop"}\n`;
    return new Response(answer, {
      headers: { "content-type": isStream ? "application/x-ndjson" : "application/json" },
    });
  },
});

let gateway: RunningGateway;
beforeAll(async () => {
  const folder = configFolder({
    "gateway.config.ts": `
import { app, defineGateway, endpoint, json, model, ollama, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const box = ollama({ baseUrl: "http://127.0.0.1:${upstream.port}" });
const fast = model({ targets: [box("x")] });
const price = endpoint({ version: "1.0.0", model: fast, input: z.object({ id: z.number(), rows: z.array(z.number()) }),
  output: z.object({ price: z.number(), id: z.number() }),
  prompt: ({ id, rows }) => [prompt.user\`\${id} \${json(rows)}\`] });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [fast, price], visibility: "everyone" });
export default defineGateway({ providers: { box }, models: { fast }, endpoints: { price }, services: { all }, tenants: { team } });
`,
  });
  gateway = await runGateway(join(folder, "gateway.config.ts"));
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop(true);
});

async function post(path: string, body: string): Promise<string> {
  const headers = {
    authorization: `Bearer ${gateway.keys["team.site"]}`,
    "content-type": "application/json",
  };
  const response = await fetch(gateway.url + path, { method: "POST", headers, body });
  const text = await response.text();
  expect({ status: response.status, text }).toEqual({ status: 200, text: expect.anything() });
  return text;
}

const question = `"model":"fast","max_tokens":50,"temperature":1.0,"messages":[{"role":"user","content":"Hi"},
  {"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"look","input":${ARGS}}]},
  {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"[1.0]"}]}],
  "tools":[{"name":"look","input_schema":{"type":"object","properties":{"id":{"type":"integer","default":12345678901234567890}}}}]`;

test("numbers of tools come through as they were written, both ways, whole and streamed", async () => {
  content = "";
  const whole = await post("/v1/messages", `{${question}}`);
  expect(whole).toContain(`"input":${ARGS}`);
  expect(asked).toContain(`"arguments":${ARGS}`);
  expect(asked).toContain('"default":12345678901234567890');
  const stream = await post("/v1/messages", `{${question},"stream":true}`);
  expect(stream).toContain(`"partial_json":${JSON.stringify(ARGS)}`);
  const chat = await post(
    "/v1/chat/completions",
    '{"model":"fast","messages":[{"role":"user","content":"Hi"}]}',
  );
  expect(chat).toContain(`"arguments":${JSON.stringify(ARGS)}`);
});

test("an endpoint puts the numbers of its input in, and the model's out, as they were written", async () => {
  content = '{"price":1.50,"id":12345678901234567890}';
  const told = await post("/api/price/v1", '{"id":12345678901234567890,"rows":[1.0,-0,1E2,7]}');
  expect(told).toBe(content);
  expect(asked).toContain('"content":"12345678901234567890 [1.0,-0,1E2,7]"');
});

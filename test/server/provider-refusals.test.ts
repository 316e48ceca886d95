import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { isJsonObject } from "../../src/kernel/json.ts";
import { configFolder } from "../compiler/support/config-folder.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

let gateway: RunningGateway;
beforeAll(async () => {
  const folder = configFolder({
    "gateway.config.ts": `
import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";
const local = demo();
const echo = model({ targets: [local("echo")] });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [echo], visibility: "everyone" });
export default defineGateway({ providers: { local }, models: { echo }, services: { all }, tenants: { team } });
`,
  });
  gateway = await runGateway(join(folder, "gateway.config.ts"));
});
afterAll(async () => {
  await gateway.stop();
});

async function refusal(path: string, body: object): Promise<{ code: string | null; error: unknown }> {
  const response = await fetch(gateway.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.keys["team.site"]}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
  const told: unknown = await response.json();
  return { code: response.headers.get("x-latchkey-error"), error: isJsonObject(told) ? told["error"] : told };
}

const messages = [{ role: "user", content: "Hello" }];
const words = "`max_completion_tokens` has to be between 1 and 16384, but it is 20000.";
const advice = "Correct what the provider's message names.";

test("a refusal of the caller's own dialect keeps the provider's words and code; the header has ours", async () => {
  const body = { model: "echo", messages, max_completion_tokens: 20_000 };
  expect(await refusal("/v1/chat/completions", body)).toEqual({
    code: "LK-3015",
    error: {
      message: words,
      type: "invalid_request_error",
      param: "max_completion_tokens",
      code: "invalid_value",
    },
  });
});

test.each([
  ["/v1/responses", { model: "echo", input: "Hello", max_output_tokens: 20_000 }],
  ["/v1/messages", { model: "echo", messages, max_tokens: 20_000 }],
  [
    "/v1beta/models/echo:generateContent",
    { contents: [{ parts: [{ text: "Hello" }] }], generationConfig: { maxOutputTokens: 20_000 } },
  ],
])("on %s it has our code in the body, too, with the provider's words and what to do", async (path, body) => {
  const { code, error } = await refusal(path, body);
  const text = JSON.stringify(error);
  expect(code).toBe("LK-3015");
  expect(text).toContain('"LK-3015"');
  expect(text).toContain(words);
  expect(text).toContain(advice);
});

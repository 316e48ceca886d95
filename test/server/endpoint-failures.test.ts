import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { configFolder } from "../compiler/support/config-folder.ts";
import { brokenStreams } from "../pairs/failures/broken-streams.ts";
import { meanings } from "../pairs/failures/told-failures.ts";
import { vendorFailures } from "../pairs/failures/vendor-failures.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

let answer: () => Response = () => new Response();
const upstream = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => answer() });
let gateway: RunningGateway;
beforeAll(async () => {
  const folder = configFolder({
    "gateway.config.ts": `
import { app, defineGateway, endpoint, model, openaiCompatible, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const box = openaiCompatible({ baseUrl: "http://127.0.0.1:${upstream.port}/v1" });
const fast = model({ targets: [box("x")] });
const write = endpoint({ version: "1.0.0", model: fast, input: z.object({ text: z.string() }), prompt: ({ text }) => [prompt.user\`\${text}\`] });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [write], visibility: "everyone" });
export default defineGateway({ providers: { box }, models: { fast }, endpoints: { write }, services: { all }, tenants: { team } });
`,
  });
  gateway = await runGateway(join(folder, "gateway.config.ts"));
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop(true);
});

function call(isStream: boolean): Promise<Response> {
  return fetch(`${gateway.url}/api/write/v1`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${gateway.keys["team.site"]}`,
      "content-type": "application/json",
      ...(isStream && { accept: "text/event-stream" }),
    },
    body: JSON.stringify({ text: "Hello" }),
  });
}

describe("an endpoint whose vendor fails", () => {
  const failures = vendorFailures["openai-chat"];
  test.each(failures.map((failure) => [failure.kind, failure.status, failure] as const))(
    "with %s, by %d, says so by Latchkey's code and the status of its meaning",
    async (kind, status, { body, headers = {}, words }) => {
      answer = () => Response.json(body, { status, headers });
      const { code, openai, retry, words: tells = true } = meanings[kind];
      for (const isStream of [false, true]) {
        const response = await call(isStream);
        expect(response.status).toBe(openai.status);
        expect(response.headers.get("x-should-retry")).toBe(String(retry));
        const { error } = (await response.json()) as { error: { code: string; message: string } };
        expect(error.code).toBe(code);
        expect(error.message.includes(words)).toBe(tells);
      }
    },
  );

  const breaks = brokenStreams["openai-chat"];
  test.each(breaks.map((failure) => [failure.kind, failure] as const))(
    "with %s in the middle of a stream ends it with that",
    async (kind, { words, bytes }) => {
      const begun = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "Hel" } }] })}\n\n`;
      answer = () => new Response(begun + bytes, { headers: { "content-type": "text/event-stream" } });
      const response = await call(true);
      const id = response.headers.get("x-request-id") ?? "";
      const events = (await response.text()).trimEnd().split("\n\n");
      expect(events[0]).toContain("Hel");
      expect(events.at(-1)).toStartWith("event: error\n");
      expect(events.at(-1)).toContain(words);
      expect(events.at(-1)).toContain(`"code":"${meanings[kind].code}"`);
      // The command that shows the call in the log names this call.
      if (kind === "server") expect(events.at(-1)).toContain(`--request ${id}`);
    },
  );
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { maxJsonDepth } from "../../src/kernel/json-depth.ts";
import { routeTable } from "../../src/server/route-table.ts";
import { configFolder } from "../compiler/support/config-folder.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

let gateway: RunningGateway;
beforeAll(async () => {
  const folder = configFolder({
    "gateway.config.ts": `
import { app, defineGateway, demo, endpoint, json, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const local = demo();
const fast = model({ targets: [local("echo")] });
const write = endpoint({ version: "1.0.0", model: fast, input: z.object({ data: z.json() }), prompt: ({ data }) => [prompt.user\`\${json(data)}\`] });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [fast, write], visibility: "everyone" });
export default defineGateway({ providers: { local }, models: { fast }, endpoints: { write }, services: { all }, tenants: { team } });
`,
  });
  gateway = await runGateway(join(folder, "gateway.config.ts"));
});
afterAll(async () => {
  await gateway.stop();
});

const post = (path: string, body: string): Promise<Response> =>
  fetch(gateway.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.keys["team.site"]}`, "content-type": "application/json" },
    body,
  });

const lists = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
const objects = (depth: number): string => `${`{"a":`.repeat(depth)}1${"}".repeat(depth)}`;
const bodyWith = (deep: string): string =>
  `{"model":"fast","messages":[{"role":"user","content":"Hello"}],"data":${deep}}`;

/** Where errors have their words: OpenAI's, Anthropic's and Google's shape, and Cohere's. */
function messageOf(text: string): string {
  const body = JSON.parse(text) as {
    readonly error?: { readonly message: string };
    readonly message?: string;
  };
  return body.error?.message ?? body.message ?? "";
}

const generation = [
  "generateContent",
  "streamGenerateContent",
  "countTokens",
  "embedContent",
  "batchEmbedContents",
];
const paths = [
  "/v1/chat/completions",
  "/v1/responses",
  "/v1/messages",
  "/v1/messages/count_tokens",
  "/v1/responses/input_tokens",
  "/v1/embeddings",
  "/v1/images/generations",
  "/v1/images/edits",
  "/v1/audio/speech",
  "/v1/moderations",
  "/v1/rerank",
  "/v2/rerank",
  ...generation.flatMap((method) => [`/v1/models/fast:${method}`, `/v1beta/models/fast:${method}`]),
  "/api/write/v1",
];

test.each(paths)("%s tells of JSON that is nested too deep, and how deep it may be", async (path) => {
  for (const deep of [lists(maxJsonDepth), objects(maxJsonDepth), lists(5_000), "[".repeat(5_000)]) {
    const response = await post(path, bodyWith(deep));
    const message = messageOf(await response.text());
    expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([400, "LK-2130"]);
    const opening = deep.startsWith("[") ? "[" : `{"a":`;
    const offset = bodyWith(deep).indexOf(deep) + opening.length * (maxJsonDepth - 1);
    expect(message).toContain(`nested too deep at byte ${offset}:`);
    expect(message).toContain(`may stand ${maxJsonDepth} deep`);
    expect(message).not.toContain("not valid JSON");
  }
});

test("every path that takes JSON is among these", () => {
  // These take forms alone, or no body, or are not served.
  const others = [
    "/v1/audio/transcriptions",
    "/v1/audio/translations",
    "/v1/responses/compact",
    "/v1/responses/:id/cancel",
  ];
  const missing = routeTable.filter(
    ({ method, path, pattern }) =>
      method === "POST" &&
      !others.includes(path) &&
      !/:second/.test(path) &&
      !paths.some((known) => pattern.test(known)),
  );
  expect(missing.map(({ path }) => path)).toEqual([]);
});

test("what is as deep as it may be is answered", async () => {
  for (const path of ["/v1/chat/completions", "/api/write/v1"]) {
    const body = path.startsWith("/api/")
      ? `{"data":${lists(maxJsonDepth - 1)}}`
      : bodyWith(lists(maxJsonDepth - 1));
    const response = await post(path, body);
    expect([path, response.status, await response.text()]).toEqual([path, 200, expect.any(String)]);
  }
});

test("an answer in the background is refused just so, before it is begun", async () => {
  const body = bodyWith(lists(maxJsonDepth)).replace("{", `{"background":true,"input":"Hello",`);
  const response = await post("/v1/responses", body);
  expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([400, "LK-2130"]);
});

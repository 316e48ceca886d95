import { expect, test } from "bun:test";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeAccessKeys } from "../../bench/support/access-keys.ts";
import {
  BENCH_MODEL,
  longChatRequest,
  smallChatRequest,
  streamedChatRequest,
} from "../../bench/support/chat-request.ts";
import {
  gatewayConfigText,
  MESSAGES_MODEL,
  translationConfigText,
} from "../../bench/support/gateway-config.ts";
import { versionIn } from "../../bench/support/machine.ts";
import {
  longMessagesRequest,
  smallMessagesRequest,
  streamedMessagesRequest,
} from "../../bench/support/messages-request.ts";
import { nginxConfigText } from "../../bench/support/nginx-config.ts";
import { requestText } from "../../bench/support/stream-plan.ts";
import { missingToolsMessage } from "../../bench/support/tools.ts";
import type { Gateway } from "../../sdk/config/index.ts";
import { parseApiKey } from "../../src/kernel/api-key.ts";
import { digestOf } from "../../src/kernel/hash.ts";

test("the keys of a run are different and well formed, the used one among them", () => {
  const { used, all } = makeAccessKeys();
  expect(new Set(all).size).toBe(100);
  expect(all).toContain(used);
  expect(all.every((key) => parseApiKey(key)?.environment === "bench")).toBe(true);
});

test("the gateway's config holds digests and no key", () => {
  const { used, all } = makeAccessKeys();
  const text = gatewayConfigText(4_711, all);
  expect(text).toContain(digestOf(used));
  expect(all.filter((key) => text.includes(key))).toEqual([]);
  expect(text).toContain('baseUrl: "http://127.0.0.1:4711/v1"');
});

test.each([
  ["of one model", gatewayConfigText, [BENCH_MODEL]],
  ["of translations", translationConfigText, [BENCH_MODEL, MESSAGES_MODEL]],
])("the gateway's config %s is one in the config language", async (_, configText, models) => {
  const parent = join(import.meta.dir, "../../bench/.work");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "test-"));
  try {
    const file = join(folder, "gateway.config.ts");
    await Bun.write(file, configText(4_711, makeAccessKeys().all));
    const { default: gateway } = (await import(file)) as { default: Gateway };
    expect(Object.keys(gateway.models ?? {})).toEqual(models);
    expect(Object.keys(gateway.tenants?.["load"]?.apps?.["wrk"]?.keys ?? {})).toHaveLength(100);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  [true, "proxy_buffering on;"],
  [false, "proxy_buffering off;"],
])("nginx with buffering %p knows the keys and the upstream", (buffering, line) => {
  const text = nginxConfigText({
    folder: "/tmp/nginx",
    port: 8_001,
    upstreamPort: 8_002,
    keys: ["one", "two"],
    upstreamKey: "secret",
    buffering,
    keepAlive: 64,
  });
  expect(text).toContain(line);
  expect(text).toContain('"Bearer one" "key-0";');
  expect(text).toContain('"Bearer two" "key-1";');
  expect(text).toContain("listen 127.0.0.1:8001");
  expect(text).toContain("server 127.0.0.1:8002;");
  expect(text).toContain("keepalive 64;");
  expect(text).toContain('proxy_set_header Authorization "Bearer secret";');
});

test("the long conversation has about the length asked for and alternating roles", () => {
  const text = longChatRequest(32_000);
  expect(text.length).toBeGreaterThan(31_000);
  expect(text.length).toBeLessThan(34_000);
  const { messages } = JSON.parse(text) as { messages: { role: string }[] };
  expect(messages.slice(0, 4).map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
});

test("the small and the streamed request differ in what they ask for", () => {
  expect(JSON.parse(smallChatRequest())).toMatchObject({ model: "fast" });
  expect(smallChatRequest()).not.toContain("stream");
  expect(JSON.parse(streamedChatRequest())).toMatchObject({
    stream: true,
    stream_options: { include_usage: true },
  });
});

test("requests to Messages say the same as those to Chat Completions", () => {
  const pairs = [
    [smallChatRequest("m"), smallMessagesRequest("m")],
    [longChatRequest(32_000, "m"), longMessagesRequest(32_000, "m")],
    [streamedChatRequest("m"), streamedMessagesRequest("m")],
  ] as const;
  for (const [chat, messages] of pairs) {
    const { messages: said, model, temperature } = JSON.parse(chat);
    const [system, ...turns] = said;
    expect(JSON.parse(messages)).toMatchObject({
      model,
      temperature,
      system: system.content,
      messages: turns,
      max_tokens: 1_024,
    });
    expect(JSON.parse(messages).stream).toBe(JSON.parse(chat).stream);
  }
});

test("a request's length is counted in bytes", () => {
  expect(requestText("/path", { authorization: "Bearer k" }, "grün")).toBe(
    "POST /path HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: Bearer k\r\ncontent-length: 5\r\n\r\ngrün",
  );
});

test("missing programs are named with the way to install them", () => {
  const message = missingToolsMessage([
    { name: "nginx", debianPackage: "nginx-light" },
    { name: "wrk", debianPackage: "wrk" },
  ]);
  expect(message).toStartWith("missing: nginx, wrk.");
  expect(message).toContain("apt-get install --yes --no-install-recommends nginx-light wrk");
  expect(message).toContain("--install");
});

test.each([
  ["nginx version: nginx/1.22.1\n", "1.22.1"],
  ["wrk debian/4.1.0-3+b2 [epoll]", "4.1.0"],
  ["", "absent"],
])("the version in %p is %p", (output, version) => expect(versionIn(output)).toBe(version));

import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { anthropicMessages } from "../../src/dialects/anthropic-messages/index.ts";
import type { CallerDialect } from "../../src/dialects/dialect.ts";
import { gemini } from "../../src/dialects/gemini/index.ts";
import { openaiChat } from "../../src/dialects/openai-chat/index.ts";
import type { JsonObject } from "../../src/kernel/json.ts";

const sample = (name: string): Buffer =>
  readFileSync(resolve(import.meta.dir, "../wire/anthropic-messages", name));
const traits = { upstreamModel: "claude-sonnet-4-5" };
const context = {
  request: { model: "fast", stream: false, messages: [] },
  model: "fast",
  requestId: "req_1",
  nowS: 1_700_000_000,
} as const;

function whole(caller: CallerDialect): JsonObject {
  const answer = JSON.parse(sample("citations.json").toString()) as JsonObject;
  const read = anthropicMessages.egress.parseResponse(answer, traits);
  if (read === undefined) throw new Error("no answer");
  return caller.ingress.renderResponse(read, context);
}

function streamed(caller: CallerDialect): string {
  const encoder = caller.ingress.encodeStream({ ...context, request: { ...context.request, stream: true } });
  let text = "";
  const decoder = anthropicMessages.egress.decodeStream(traits, (event) => {
    text += encoder.encode(event);
  });
  decoder.push(sample("citations.sse"));
  decoder.close();
  return text;
}

interface Grounded {
  readonly candidates: readonly {
    readonly content: { readonly parts: readonly { readonly text?: string }[] };
    readonly groundingMetadata: {
      readonly groundingChunks: readonly object[];
      readonly groundingSupports: readonly {
        readonly segment: { readonly partIndex?: number; readonly text: string; readonly endIndex: number };
        readonly groundingChunkIndices: readonly number[];
      }[];
    };
  }[];
}

test("Anthropic's citations say to callers of Gemini which text they support", () => {
  const { candidates } = whole(gemini) as unknown as Grounded;
  const [candidate] = candidates;
  const { groundingChunks = [], groundingSupports = [] } = candidate?.groundingMetadata ?? {};
  expect(groundingSupports.length).toBeGreaterThan(0);
  for (const { segment, groundingChunkIndices } of groundingSupports) {
    const text = candidate?.content.parts[segment.partIndex ?? 0]?.text ?? "";
    expect([segment.text, segment.endIndex]).toEqual([text, Buffer.byteLength(text)]);
    for (const index of groundingChunkIndices) expect(groundingChunks[index]).toBeDefined();
  }
});

test("and do so at the end of a stream", () => {
  expect(streamed(gemini)).toMatch(/"groundingSupports":\[\{"segment":\{.*"endIndex":\d+,"text":"[^"]+/);
});

test("callers of Chat get no link to nowhere", () => {
  for (const text of [JSON.stringify(whole(openaiChat)), streamed(openaiChat)])
    expect(text).not.toContain('"url":""');
});

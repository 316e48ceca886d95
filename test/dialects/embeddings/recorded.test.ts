import { describe, expect, test } from "bun:test";
import type { EmbeddingRequest } from "../../../src/canonical/embedding.ts";
import type { EmbeddingShape } from "../../../src/dialects/embeddings/embedding-dialect.ts";
import { floatsOf } from "../../../src/dialects/embeddings/float32.ts";
import {
  embeddingEgresses,
  geminiIngress,
  openaiIngress,
  openaiPassthrough,
} from "../../../src/dialects/embeddings/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";
import { askFor, noHeader } from "./support.ts";

const SHAPES: Readonly<Record<string, EmbeddingShape>> = {
  azure: "openai",
  cohere: "cohere",
  "compat-local": "openai",
  gemini: "gemini",
  mistral: "mistral",
  ollama: "ollama",
  openai: "openai",
  openrouter: "openai",
  perplexity: "perplexity",
  vertex: "vertex",
  voyage: "voyage",
};
const shapeOf = ({ provider }: RecordedExchange): EmbeddingShape => SHAPES[provider] ?? "openai";
const all = recordedExchanges("embed", "embeddings", "embedContent", "predict").filter(
  ({ url = "" }) => !url.includes("oauth2"),
);
const named = (list: readonly RecordedExchange[]) => list.map((each) => [each.name, each] as const);
const answers = all.filter(({ status }) => status === 200);
const errors = all.filter(({ status }) => status >= 400);

/** Numbers of the vectors, wherever an answer keeps them. */
function lengths(answer: unknown): readonly number[] {
  if (typeof answer === "string")
    return /^[\w+/=]{40,}$/.test(answer) ? [Buffer.from(answer, "base64").length] : [];
  if (Array.isArray(answer)) {
    return answer.length > 0 && answer.every((each) => typeof each === "number")
      ? [answer.length]
      : answer.flatMap(lengths);
  }
  return typeof answer === "object" && answer !== null ? Object.values(answer).flatMap(lengths) : [];
}

describe("recorded answers", () => {
  test.each(named(answers))("%s", (_name, exchange) => {
    const shape = shapeOf(exchange);
    const answer = JSON.parse(Buffer.from(exchange.body).toString());
    const asked = askFor(lengths(answer).length);
    const response = embeddingEgresses[shape].parseResponse(answer, asked, noHeader);
    const vectors = response?.vectors.map(floatsOf) ?? [];
    const perNumber = JSON.stringify(answer).includes('"embedding":"') && shape === "openai" ? 4 : 1;
    expect(vectors.map(({ length }) => length * perNumber)).toEqual([...lengths(answer)]);
    expect(vectors.length).toBeGreaterThan(0);
    expect(vectors.flat().every(Number.isFinite)).toBe(true);
    const told = JSON.stringify(answer).match(
      /"(?:prompt_tokens|promptTokenCount|total_tokens|input_tokens|token_count)":(\d+)/,
    );
    expect(response?.usage === undefined).toBe(told === null);

    // The same vectors reach callers of either dialect.
    for (const encoding of ["float", "base64"] as const) {
      const request: EmbeddingRequest = { ...asked, encoding };
      const rendered = openaiIngress.renderResponse(response ?? { vectors: [] }, { request, model: "m" });
      const back = embeddingEgresses.openai.parseResponse(rendered, request, noHeader);
      expect(back?.vectors.map(floatsOf)).toEqual(
        encoding === "float" ? vectors : vectors.map((vector) => [...new Float32Array(vector)]),
      );
      expect(back?.usage?.input).toBe(response?.usage?.input ?? 0);
    }
    const gemini = geminiIngress.renderResponse(response ?? { vectors: [] }, {
      request: asked,
      model: "m",
      isBatch: true,
    });
    expect(embeddingEgresses.gemini.parseResponse(gemini, asked, noHeader)?.vectors.map(floatsOf)).toEqual(
      vectors,
    );
  });

  const openai = answers.filter((exchange) => shapeOf(exchange) === "openai");
  test.each(named(openai))("pass through: %s", (_name, { body, request }) => {
    const answer = JSON.parse(Buffer.from(body).toString());
    const sent = Buffer.from(JSON.stringify(request));
    const envelope = openaiPassthrough.readEnvelope(sent, {});
    expect(openaiPassthrough.readAnswer(body)).toMatchObject({
      ok: true,
      usage: { input: answer.usage.prompt_tokens },
    });
    expect(openaiPassthrough.adaptAnswer(body, envelope)).toBeUndefined();
    const rewritten = openaiPassthrough.rewrite(envelope, {
      modelJson: Buffer.from(`"x"`),
      askForUsage: false,
    });
    expect(JSON.parse(Buffer.from(rewritten).toString())).toEqual({ ...(request as JsonObject), model: "x" });
  });
});

describe("recorded requests", () => {
  const sent = answers.filter(({ request }) => typeof request === "object" && request !== null);
  const openai = sent.filter((exchange) => ["openai", "mistral"].includes(shapeOf(exchange)));
  test.each(named(openai))("%s", (_name, { request }) => {
    const body = request as JsonObject;
    const parsed = openaiIngress.parseRequest({ body });
    expect(parsed.losses).toEqual([]);
    const model = parsed.request.model;
    const again = embeddingEgresses.openai.renderRequest(parsed.request, { upstreamModel: model });
    const input = Array.isArray(body["input"]) ? body["input"] : [body["input"]];
    expect(again).toEqual({ body: { ...body, input }, losses: [] } as never);
  });

  const gemini = sent.filter(({ provider }) => provider === "gemini");
  test.each(named(gemini))("%s", (_name, { request, url = "" }) => {
    const model = /models\/([^:]+):/.exec(url)?.[1] ?? "";
    const isBatch = url.includes(":batch");
    const parsed = geminiIngress.parseRequest({ body: request as JsonObject, model, isBatch });
    expect(parsed.losses).toEqual([]);
    const { body } = embeddingEgresses.gemini.renderRequest(parsed.request, { upstreamModel: model });
    // The second generation is told its task in the text, and the caller's other spelling becomes Google's own.
    const [expected] = (request as { requests: readonly JsonObject[] }).requests;
    const text = JSON.stringify({ ...expected, taskType: undefined })
      .replaceAll("inline_data", "inlineData")
      .replaceAll("mime_type", "mimeType");
    expect((body as { requests: readonly unknown[] }).requests).toEqual([JSON.parse(text)]);
  });
});

describe("recorded errors", () => {
  test.each(named(errors))("%s", (_name, exchange) => {
    const { status, body } = exchange;
    const { kind, message } = embeddingEgresses[shapeOf(exchange)].parseError(status, body);
    const kinds = { 400: "invalid-request", 401: "authentication", 404: "not-found" } as const;
    expect(kind).toBe(kinds[status as keyof typeof kinds]);
    expect(Buffer.from(body).toString()).toContain(message);
  });
});

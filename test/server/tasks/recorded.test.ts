import { describe, expect, test } from "bun:test";
import type { ProviderProfile } from "../../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import { transcription } from "../../../src/dialects/transcription/index.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../../src/kernel/json.ts";
import type { TaskApiName } from "../../../src/runtime/tasks/provider-api.ts";
import { type RecordedExchange, recordedExchanges } from "../../support/recorded-exchanges.ts";
import { hasRecordings } from "../../support/recordings.ts";
import { type Apis, startTasks, type TaskFixture } from "./support.ts";

/** Providers by the names that the index has for them. */
const TYPES: Readonly<Record<string, keyof typeof providerProfiles>> = {
  azure: "azure-openai",
  gemini: "google",
  "compat-local": "vllm",
};

/** The API of providers that an exchange belongs to. */
function apiOf({ api, url = "", provider }: RecordedExchange): TaskApiName | undefined {
  // Conversations of the same path, credentials, files that were fetched, and an API that is not spoken.
  if (/oauth2|imgen\.x\.ai|claude|anthropic\.|text-express/.test(url)) return undefined;
  if (provider === "bedrock" && api === "rerank") return undefined;
  switch (api) {
    case "audio.speech":
      return "speech";
    case "audio.transcriptions":
      return "transcription";
    case "audio.translations":
      return "translation";
    case "images":
      return url.endsWith("/edits") ? "imageEdits" : "images";
    case "rerank":
    case "moderations":
      return api;
    default:
      return "embeddings";
  }
}

/** An answer that was kept as an object of its status, its headers and its text. */
function unwrapped({ body }: RecordedExchange): Partial<RecordedExchange> {
  const kept = tryParseJson(Buffer.from(body).toString());
  if (!isJsonObject(kept) || !isJsonObject(kept["headers"]) || typeof kept["body"] !== "string") return {};
  return { body: Buffer.from(kept["body"]), contentType: String(kept["headers"]["content-type"]) };
}

const exchanges = recordedExchanges(
  "embeddings",
  "embed",
  "embedContent",
  "invoke",
  "predict",
  "rerank",
  "audio.speech",
  "audio.transcriptions",
  "audio.translations",
  "images",
  "moderations",
).flatMap((exchange) => {
  const api = apiOf(exchange);
  return api === undefined ? [] : [{ ...exchange, ...unwrapped(exchange), api }];
});

type Exchange = RecordedExchange & { readonly api: TaskApiName };

const PATHS: Readonly<Record<TaskApiName, string>> = {
  embeddings: "/v1/embeddings",
  rerank: "/v1/rerank",
  images: "/v1/images/generations",
  imageEdits: "/v1/images/edits",
  speech: "/v1/audio/speech",
  transcription: "/v1/audio/transcriptions",
  translation: "/v1/audio/translations",
  moderations: "/v1/moderations",
};

/** A gateway whose only target is what the provider's profile says, answering what was recorded. */
async function replay(exchange: Exchange): Promise<TaskFixture & { readonly shape: string }> {
  const type = TYPES[exchange.provider] ?? (exchange.provider as keyof typeof providerProfiles);
  const profile: ProviderProfile = providerProfiles[type];
  const row = profile.apis?.[exchange.api];
  if (row === undefined) throw new Error(`${type} has no ${exchange.api}`);
  const { shape, path, quirks = {} } = row;
  const model = /models?\/([^/:]+)/.exec(decodeURIComponent(exchange.url ?? ""))?.[1];
  const apis: Apis = { [exchange.api]: { shape, path, quirks: quirks as Record<string, string> } };
  const gateway = await startTasks([apis], model === undefined ? {} : { upstreamModels: [model] });
  gateway.vendors[0].answer = () =>
    new Response(new Uint8Array(exchange.body), {
      status: exchange.status,
      headers: { "content-type": exchange.contentType },
    });
  return { ...gateway, shape };
}

const answerOf = ({ body }: RecordedExchange): unknown => tryParseJson(Buffer.from(body).toString());

/** How many vectors an answer holds: lists of numbers, or base64. */
function vectorsIn(value: unknown): number {
  if (typeof value === "string") return /^[\w+/=]{40,}$/.test(value) && !value.includes("-") ? 1 : 0;
  if (Array.isArray(value))
    return value.length > 0 && value.every((one) => typeof one === "number")
      ? 1
      : value.reduce((sum: number, one) => sum + vectorsIn(one), 0);
  return isJsonObject(value) ? Object.values(value).reduce((sum: number, one) => sum + vectorsIn(one), 0) : 0;
}

/** Members of a request in the words of callers. */
const CALLERS: Readonly<Record<TaskApiName, string>> = {
  embeddings: "input",
  speech: "input",
  moderations: "input",
  rerank: "documents",
  images: "prompt",
  imageEdits: "prompt",
  transcription: "file",
  translation: "file",
};

function isCallers({ api, provider, request }: Exchange): boolean {
  // It names pictures in another way.
  return provider !== "xai" && isJsonObject(request) && Object.hasOwn(request, CALLERS[api]);
}

/** The caller's body: what was sent where it was in the caller's words, and a question of the same size elsewhere. */
function askedOf(exchange: Exchange): { readonly body: Uint8Array; readonly contentType: string } {
  const { api, request, requestBytes, requestType = "" } = exchange;
  // Some writers have changed the line ends of forms.
  const isForm = requestType.startsWith("multipart/") && Buffer.from(requestBytes ?? []).includes("\r\n\r\n");
  if (requestBytes !== undefined && isForm) {
    const operation = api === "translation" ? "translate" : "transcribe";
    const envelope = transcription.passthrough.readEnvelope({
      body: requestBytes,
      contentType: requestType,
      operation,
    });
    const rewrite = { modelJson: Buffer.from(`"fast"`), askForUsage: false };
    return { body: transcription.passthrough.rewrite(envelope, rewrite), contentType: requestType };
  }
  if (api === "transcription" || api === "translation") {
    const text = `--b\r\ncontent-disposition: form-data; name="model"\r\n\r\nfast\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\nRIFF\r\n--b--\r\n`;
    return { body: Buffer.from(text), contentType: "multipart/form-data; boundary=b" };
  }
  const ofSameSize = (): JsonObject => {
    if (api === "embeddings")
      return { input: Array.from({ length: vectorsIn(answerOf(exchange)) || 1 }, () => "a") };
    if (api === "rerank") return { query: "q", documents: ["a", "b", "c", "d", "e", "f"] };
    return {
      prompt: "a cat",
      ...(api === "imageEdits" && { images: [{ image_url: "https://x.example/a.png" }] }),
    };
  };
  const body = isCallers(exchange) ? (request as JsonObject) : ofSameSize();
  return { body: Buffer.from(JSON.stringify({ ...body, model: "fast" })), contentType: "application/json" };
}

async function call(gateway: TaskFixture, exchange: Exchange): Promise<Response> {
  const { body, contentType } = askedOf(exchange);
  return fetch(gateway.url + PATHS[exchange.api], {
    method: "POST",
    headers: { authorization: `Bearer ${gateway.key}`, "content-type": contentType },
    body: Buffer.from(body),
  });
}

/** The row of a call, which has to be the only one. */
async function rowOf(gateway: TaskFixture, response: Response) {
  const id = response.headers.get("x-request-id");
  const row = await gateway.row(({ requestId }) => requestId === id);
  expect(gateway.rows).toHaveLength(1);
  return row;
}

const named = (list: readonly Exchange[]) => list.map((exchange) => [exchange.name, exchange] as const);

/** What of a recorded answer has to reach a caller whatever the provider's shape is. */
function essence(api: TaskApiName, answer: unknown): unknown {
  const body = isJsonObject(answer) ? answer : {};
  const list = (body["results"] ?? body["data"]) as readonly JsonObject[] | undefined;
  switch (api) {
    case "embeddings":
      return vectorsIn(answer);
    case "rerank":
      return list?.map(({ index, relevance_score }) => [index, relevance_score]);
    case "transcription":
    case "translation":
      return body["text"];
    case "moderations":
      return list?.map(({ flagged }) => flagged);
    default:
      return list?.map(({ b64_json, url }) => b64_json ?? url);
  }
}

describe("recorded answers through the routes", () => {
  test("are there where the recordings are", () => {
    expect(exchanges.length > 40).toBe(hasRecordings);
  });

  const good = exchanges.filter(({ status }) => status === 200);
  test.each(named(good))("%s", async (_name, exchange) => {
    const gateway = await replay(exchange);
    try {
      const response = await call(gateway, exchange);
      const told = new Uint8Array(await response.arrayBuffer());
      expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([200, null]);
      const answer = answerOf(exchange);
      if (/^(audio|text)\//.test(exchange.contentType))
        expect(Buffer.from(told).equals(Buffer.from(exchange.body))).toBe(true);
      else if (exchange.api === "speech") {
        expect(response.headers.get("content-type")).toStartWith("audio/");
        expect(told.length).toBeGreaterThan(10_000);
      } else
        expect(essence(exchange.api, JSON.parse(Buffer.from(told).toString()))).toEqual(
          essence(exchange.api, answer),
        );
      const row = await rowOf(gateway, response);
      expect(row).toMatchObject({ status: 200, errorCode: null, attempts: 1, model: "fast" });
      if (/"(prompt|total|input)_tokens":|promptTokenCount|search_units/.test(JSON.stringify(answer)))
        expect(row.usage).not.toBeNull();
      const [seen] = gateway.vendors[0].seen;
      expect(JSON.stringify([...(seen?.headers ?? [])])).not.toContain(gateway.key);
      // Where the shape is the caller's own and nothing departs from it, the request's and the answer's bytes pass.
      const sent = Buffer.from(seen?.bytes ?? []).toString("latin1");
      const asked = Buffer.from(askedOf(exchange).body).toString("latin1");
      if (exchange.provider === "openai") {
        expect(sent).toBe(
          asked.replace(/"fast"|\r\nfast\r\n/, (model) => model.replace("fast", "upstream-0")),
        );
        expect(Buffer.from(told).equals(Buffer.from(exchange.body))).toBe(true);
      }
    } finally {
      await gateway.stop();
    }
  });

  const bad = exchanges.filter(({ status }) => status >= 400);
  test.each(named(bad))("the failure of %s", async (_name, exchange) => {
    const gateway = await replay(exchange);
    try {
      const response = await call(gateway, exchange);
      const { error } = (await response.json()) as { error: { message: string; code?: string } };
      const row = await rowOf(gateway, response);
      expect(row.errorCode).toMatch(/^LK-(2102|3\d{3})$/);
      expect(row.status).toBe(response.status);
      expect(error.message).not.toBe("");
      // What the caller can mend is told in the vendor's words; what it cannot is no fault of its own.
      if (exchange.status === 400 && row.errorCode !== "LK-2102") {
        expect(response.status).toBe(400);
        expect(Buffer.from(exchange.body).toString()).toContain(JSON.stringify(error.message).slice(1, -1));
      } else if (exchange.status !== 400) expect(response.status).toBeGreaterThanOrEqual(404);
    } finally {
      await gateway.stop();
    }
  });

  const google = exchanges.filter(
    ({ provider, url = "" }) => provider === "gemini" && url.includes(":batch"),
  );
  test.each(named(google))("Google's own request of %s", async (_name, exchange) => {
    const gateway = await replay(exchange);
    try {
      const { requests } = exchange.request as { requests: readonly JsonObject[] };
      const asked = { requests: requests.map((one) => ({ ...one, model: "models/fast" })) };
      const response = await gateway.call("/v1beta/models/fast:batchEmbedContents", asked);
      const told = Buffer.from(await response.arrayBuffer());
      const row = await rowOf(gateway, response);
      expect(row.errorCode).toEqual(exchange.status === 200 ? null : expect.stringMatching(/^LK-3/));
      if (exchange.status === 200) expect(told.equals(Buffer.from(exchange.body))).toBe(true);
      expect(gateway.vendors[0].seen[0]?.json).toEqual(exchange.request);
    } finally {
      await gateway.stop();
    }
  });
});

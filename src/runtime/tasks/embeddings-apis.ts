import type {
  EmbeddingRequest,
  EmbeddingRequestField,
  EmbeddingResponse,
} from "../../canonical/embedding.ts";
import type { EmbeddingEgress, EmbeddingIngress } from "../../dialects/embeddings/embedding-dialect.ts";
import {
  embeddingEgresses,
  geminiIngress,
  openaiIngress,
  openaiPassthrough,
} from "../../dialects/embeddings/index.ts";
import type { Envelope } from "../../dialects/passthrough.ts";
import { jsonBody } from "../../dialects/task/json-body.ts";
import { type Json, tryParseJson } from "../../kernel/json.ts";
import { parseBody } from "../exchange/translation.ts";
import type { TaskApi, TaskCaller, TaskPassing, TaskVendor } from "./task-api.ts";
import { noStepUsage, noStreams, noStreamTap } from "./whole-api.ts";

type EmbeddingsApi<E extends Envelope> = TaskApi<
  EmbeddingRequest,
  EmbeddingResponse,
  never,
  EmbeddingRequestField,
  E
>;
type Caller = TaskCaller<EmbeddingRequest, EmbeddingResponse, never, EmbeddingRequestField>;
type Vendor = TaskVendor<EmbeddingRequest, EmbeddingResponse, never, EmbeddingRequestField>;

const decoder = new TextDecoder();

function caller(ingress: EmbeddingIngress, isBatch?: boolean): Caller {
  const batch = isBatch === undefined ? {} : { isBatch };
  return {
    ...noStreams,
    parseRequest: ({ body, model }) =>
      ingress.parseRequest({ body: parseBody(body), ...(model !== undefined && { model }), ...batch }),
    renderResponse: (response, { request, model }) =>
      jsonBody(ingress.renderResponse(response, { request, model, ...batch })),
    fieldName: (field, index) => ingress.fieldName(field, index, isBatch),
  };
}

/** The paths of ways to embeddings have the model in them already. */
function vendor({ renderRequest, parseResponse, parseError, path }: EmbeddingEgress): Vendor {
  return {
    renderRequest: (request, traits) => {
      const { body, losses } = renderRequest(request, traits);
      return { ...jsonBody(body), path: path(traits.path, traits), losses, streams: false };
    },
    parseResponse: ({ body }, request, _traits, header) => {
      const value = tryParseJson(decoder.decode(body));
      return value === undefined ? undefined : parseResponse(value as Json, request, header);
    },
    parseError,
  };
}

const egress: EmbeddingsApi<Envelope>["egress"] = Object.fromEntries(
  Object.entries(embeddingEgresses).map(([shape, of]) => [shape, vendor(of)]),
);

const { readEnvelope, readAnswer, ...openai } = openaiPassthrough;

/** `POST /v1/embeddings`. */
export const embeddingsApi: EmbeddingsApi<ReturnType<typeof readEnvelope>> = {
  name: "embeddings",
  ingress: caller(openaiIngress),
  passing: {
    ...openai,
    shape: "openai",
    answers: "json",
    holdsWhole: true,
    readEnvelope: ({ body }) => readEnvelope(body, {}),
    readAnswer: ({ body }) => readAnswer(body),
    createTap: noStreamTap,
  },
  egress,
  usageOf: noStepUsage,
};

/** Google's two paths keep the model there and are always translated. */
const google: TaskPassing<Envelope> = {
  answers: "json",
  holdsWhole: true,
  readEnvelope: ({ body, model = "" }) => ({ body, model, stream: false }),
  canPass: () => false,
  rewrite: ({ body }) => body,
  readAnswer: () => ({ ok: false }),
  readTail: () => undefined,
  createTap: noStreamTap,
  adaptAnswer: () => undefined,
};

/** `POST /v1beta/models/<model>:embedContent`. */
export const embedContentApi: EmbeddingsApi<Envelope> = {
  name: "embeddings",
  ingress: caller(geminiIngress, false),
  passing: google,
  egress,
  usageOf: noStepUsage,
};

/** `POST /v1beta/models/<model>:batchEmbedContents`. */
export const batchEmbedContentsApi: EmbeddingsApi<Envelope> = {
  ...embedContentApi,
  ingress: caller(geminiIngress, true),
};

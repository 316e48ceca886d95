import type {
  EmbeddingRequest,
  EmbeddingRequestField,
  EmbeddingResponse,
} from "../../canonical/embedding.ts";
import type {
  EmbeddingEgress,
  EmbeddingIngress,
  WholePassthrough,
} from "../../dialects/embeddings/embedding-dialect.ts";
import {
  embeddingEgresses,
  geminiBatchPassthrough,
  geminiIngress,
  geminiPassthrough,
  openaiIngress,
  openaiPassthrough,
  singlePath,
} from "../../dialects/embeddings/index.ts";
import { joinVectors, splitInputs } from "../../dialects/embeddings/parts.ts";
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
type EnvelopeOf<P> = P extends WholePassthrough<infer E> ? E : never;
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
function vendor({ renderRequest, maxInputs, parseResponse, parseError, path }: EmbeddingEgress): Vendor {
  return {
    ...(maxInputs !== undefined && {
      parts: {
        split: (request, traits) => splitInputs(request, maxInputs(traits)),
        join: joinVectors,
      },
    }),
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

/** Passes one shape's bytes on, for callers and targets that both speak it. */
function passing<E extends Envelope>(shape: string, of: WholePassthrough<E>): TaskPassing<E> {
  return {
    ...of,
    shape,
    answers: "json",
    holdsWhole: false,
    readEnvelope: ({ body, model }) => of.readEnvelope(body, model === undefined ? {} : { model }),
    readAnswer: ({ body }, envelope) => {
      const answer = of.readAnswer(body);
      return answer.ok && of.answersAll?.(body, envelope) === false ? { ok: false } : answer;
    },
    createTap: noStreamTap,
  };
}

/** `POST /v1/embeddings`. */
export const embeddingsApi: EmbeddingsApi<EnvelopeOf<typeof openaiPassthrough>> = {
  name: "embeddings",
  ingress: caller(openaiIngress),
  // Vectors may have to be put into the other form.
  passing: { ...passing("openai", openaiPassthrough), holdsWhole: true },
  egress,
  usageOf: noStepUsage,
};

/** `POST /v1beta/models/<model>:embedContent`. The paths of targets are those of the other one. */
export const embedContentApi: EmbeddingsApi<EnvelopeOf<typeof geminiPassthrough>> = {
  name: "embeddings",
  ingress: caller(geminiIngress, false),
  passing: { ...passing("gemini", geminiPassthrough), path: singlePath },
  egress,
  usageOf: noStepUsage,
};

/** `POST /v1beta/models/<model>:batchEmbedContents`. */
export const batchEmbedContentsApi: EmbeddingsApi<EnvelopeOf<typeof geminiBatchPassthrough>> = {
  ...embedContentApi,
  ingress: caller(geminiIngress, true),
  passing: passing("gemini", geminiBatchPassthrough),
};

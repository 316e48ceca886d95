import type { RerankRequest, RerankRequestField, RerankResponse } from "../../canonical/rerank.ts";
import { coherePassthrough, rerankEgresses, rerankIngress } from "../../dialects/rerank/index.ts";
import type { RerankEgress } from "../../dialects/rerank/rerank-dialect.ts";
import { jsonBody } from "../../dialects/task/json-body.ts";
import { fillPath } from "../../dialects/task/path.ts";
import { isJsonObject, type Json, tryParseJson } from "../../kernel/json.ts";
import { parseBody } from "../exchange/translation.ts";
import type { TaskApi, TaskVendor } from "./task-api.ts";
import { noStepUsage, noStreams, noStreamTap } from "./whole-api.ts";

const decoder = new TextDecoder();

type Vendor = TaskVendor<RerankRequest, RerankResponse, never, RerankRequestField>;

function vendor({ renderRequest, parseResponse, parseError }: RerankEgress): Vendor {
  return {
    renderRequest: (request, traits) => {
      const { body, losses } = renderRequest(request, traits);
      return { ...jsonBody(body), path: fillPath(traits.path, traits.upstreamModel), losses, streams: false };
    },
    parseResponse: ({ body }, request) => {
      const value = tryParseJson(decoder.decode(body));
      return value === undefined ? undefined : parseResponse(value as Json, request);
    },
    parseError,
    // Cohere's own errors are flat.
    isOwnError: (value) => isJsonObject(value) && typeof value["message"] === "string",
  };
}

const { parseRequest, renderResponse, fieldName } = rerankIngress;
const { readEnvelope, readAnswer, ...passthrough } = coherePassthrough;

/** `POST /v1/rerank` and `/v2/rerank`. */
export const rerankApi: TaskApi<
  RerankRequest,
  RerankResponse,
  never,
  RerankRequestField,
  ReturnType<typeof readEnvelope>
> = {
  name: "rerank",
  ingress: {
    ...noStreams,
    parseRequest: ({ body }) => parseRequest(parseBody(body)),
    renderResponse: (response, context) => jsonBody(renderResponse(response, context)),
    fieldName,
  },
  passing: {
    ...passthrough,
    shape: "cohere",
    answers: "json",
    holdsWhole: false,
    readEnvelope: ({ body }) => readEnvelope(body, {}),
    readAnswer: ({ body }) => readAnswer(body),
    createTap: noStreamTap,
  },
  egress: Object.fromEntries(Object.entries(rerankEgresses).map(([shape, of]) => [shape, vendor(of)])),
  usageOf: noStepUsage,
};

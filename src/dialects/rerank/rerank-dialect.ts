import type {
  RerankLoss,
  RerankRequest,
  RerankRequestField,
  RerankResponse,
} from "../../canonical/rerank.ts";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { ErrorReader, IngressError, TargetTraits } from "../dialect.ts";

/** Wire formats of requests to rank. */
export type RerankShape = "cohere" | "jina" | "voyage";

/** A request to rank in a vendor's words. */
export interface RenderedRerank {
  readonly body: JsonObject;
  /** What was left out or has no words; the request must not be sent when one is not harmless. */
  readonly losses: readonly RerankLoss[];
}

/** Speaks to vendors; requests go to the provider's own path. */
export interface RerankEgress {
  readonly shape: RerankShape;
  readonly renderRequest: (request: RerankRequest, traits: TargetTraits) => RenderedRerank;
  /** Reads an answer; `undefined` where the value is none or names documents that were not sent. */
  readonly parseResponse: (body: Json, request: RerankRequest) => RerankResponse | undefined;
  /** Reads an error's body, in whatever shape; never throws. */
  readonly parseError: ErrorReader;
}

/** A caller's request, understood. */
export interface ParsedRerank {
  readonly request: RerankRequest;
  /** Members that the canonical form has no word for: only the same dialect could pass them on. */
  readonly losses: readonly RerankLoss[];
}

/** What an answer needs to know of its request. */
export interface RerankContext {
  readonly request: RerankRequest;
  /** The model's name as the caller says it. */
  readonly model: string;
  /** For the id that most vendors do not give. */
  readonly requestId: string;
}

/** Speaks to callers. */
export interface RerankIngress {
  /** @throws LatchkeyError LK-2102 for members that are missing or wrong, with `param` as the caller wrote it. */
  readonly parseRequest: (body: JsonObject) => ParsedRerank;
  readonly renderResponse: (response: RerankResponse, context: RerankContext) => JsonObject;
  /** Body of an error's answer. */
  readonly renderError: (error: IngressError) => JsonObject;
  /** Where a member of the canonical request stands in this dialect, and the one at `index` of a list. */
  readonly fieldName: (field: RerankRequestField, index?: number) => string;
}
